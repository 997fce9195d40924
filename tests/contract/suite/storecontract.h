// SPDX-License-Identifier: MIT
// What storage/store.h, messages.h and accounts.h promise, held against one kind of store.
#pragma once

#include "suite/actions.h"
#include "suite/backend.h"
#include "suite/text.h"

#include <QObject>

namespace parley::test {

class StoreContract : public QObject {
    Q_OBJECT
public:
    explicit StoreContract(Backend &backend)
        : m_backend(backend)
    {
    }

private Q_SLOTS:
    void init();
    void cleanup();

    // lifecycle.cpp
    void readsAreTheActionsThatWriteNothing();
    void nothingIsDoneBeforeOpen();
    void openAgainKeepsEverything();
    void anEmptyBatchIsDone();
    void checkFindsNoDamage();
    void theEpochLastsOverReopenAndIsEachStoresOwn();

    // sending.cpp
    void seqsOfAMailboxAreOneTwoThree();
    void seqsGoOnAfterReopen();
    void seqsGoOnAfterEverythingWasRemoved();
    void aKeyIsStoredOnceInABatch();
    void aKeyIsStoredOnceForEver();
    void aKnownKeyIsAnsweredAfterReopen();
    void aKeyForAnotherReceiverIsRefused();
    void keysBelongToTheirSender();
    void messagesWithoutKeyAreAllStored();
    void aKnownKeyComesBeforeAnyRefusal();
    void aRefusedMessageLeavesItsKeyFreeAndTakesNoSeq();
    void aRefusalComesBeforeTheReceiver();
    void unknownAndDisabledReceiversAreRefused();
    void aMailboxIsFullByCount();
    void aMailboxIsFullByBytes();
    void aFullMailboxIsFullAfterReopen();

    // confirming.cpp
    void confirmRemovesTheseSeqsOnly();
    void confirmUpToRemovesAllToIt();
    void confirmingWhatIsNotThereRemovesNothing();
    void confirmTouchesNoOtherMailbox();
    void confirmTakesOnlyWhatCameBeforeIt();
    void removedTellsEachMessageAscending();
    void removedTellsTheBytesOfTheBodies();
    void confirmRemovesAThousand();
    void confirmFindsEachOfMany();
    void removedStaysRemovedAfterReopen();

    // reading.cpp
    void fetchBeginsAfterTheSeqAndStopsAtTheLimit();
    void fetchStopsAtItsBytesButGivesOne();
    void fetchTellsTheLastSeqAndTheWholeMessage();
    void fetchSeesTheBatchSoFar();
    void trackTellsWhatBecameOfAMessage();
    void readMailboxTellsHowFullItIs();
    void surveyTellsWhatIsUnreadInTheNextMailboxes();
    void surveyTellsWhatWasBeforeItInTheBatch();
    void readMailboxTellsTheBytesOfItsBodies();
    void anyTextComesBackAsItWas_data();
    void anyTextComesBackAsItWas();
    void allTextsComeBackFromOneBatch();
    void keysAreComparedAsTheyAre();
    void theLargestIdsWork();

    // accounts.cpp
    void usersAreFoundByNameOrAll();
    void namesAndIdsAreTakenOnce();
    void namesAreComparedAsTheyAre();
    void freeIdsAreAboveAll();
    void afterTheLargestIdTheNextFreeOneIsGiven();
    void aSessionIsValidForItsUserUntilItExpires();
    void aDisabledUserHasNoValidSession();
    void aSessionIsAddedOnlyWhileWhatWasCheckedHolds();
    void aUsersOldestSessionEndsBeyondTheirNumber();
    void aCheckTellsWhichAccountChangesAreOlder();
    void endSessionEndsItOnce();
    void aNewPasswordEndsTheLoginSessions();
    void disablingEndsTheLoginSessions();
    void aKickEndsTheLoginSessionsAndNothingElse();
    void changesThatEndNoSessionLeaveNoAccountChange();
    void accountChangesAreToldOnceAndInOrder();
    void accountsLastOverReopen();

    // presence.cpp
    void whoWasNeverSeenIsOffline();
    void onlineBeginsWithAMomentSeen();
    void lastSeenNeverGoesBack();
    void unsetFieldsStay();
    void presenceChangesTakeEffectInTheirOrder();
    void resetPresenceTakesEverybodyOffline();
    void presenceLastsOverReopen();

    // pruning.cpp
    void pruneForgetsKeysOverTheirTime();
    void aForgottenKeyMayBeUsedAgain();
    void pruneForgetsExpiredSessions();
    void pruneForgetsOldAccountChanges();
    void pruneForgetsAtMostItsLimit();
    void pruneTouchesNoMessageAndNoUser();
    void aDoubtfulClockForgetsNothing();
    void aClockThatIsBehindIsDoubtedToo();
    void whatIsDatedAheadIsCorrected();
    void aKeyThatIsDatedBehindIsKeptForItsTime();

    // order.cpp
    void batchesAreOneAfterAnother();
    void batchesAreOneAfterAnotherOverDays();

protected:
    // A new empty store with the persons of actions.h as its users.
    void begin(const Limits &);
    void reopen();
    // The outcomes of one batch, as text; fails the test when the store fails.
    std::vector<storage::Outcome> apply(const std::vector<storage::Action> &);
    QByteArrayList texts(const std::vector<storage::Action> &);
    template <class... Actions> QByteArrayList run(const Actions &...actions)
    {
        return texts({storage::Action(actions)...});
    }
    void compareWithOneAfterAnother(bool overDays);
    // All that can be read from the store.
    QByteArrayList everything();
    // Asks after the last asked, and remembers the number.
    QByteArray newAccountChanges();

    Backend &m_backend;
    Limits m_limits;
    std::unique_ptr<storage::Store> m_store;
    Time m_now = Start;
    qint64 m_lastChange = 0;
};

} // namespace parley::test
