// SPDX-License-Identifier: MIT
// Every limit in one place. Sizes are in bytes unless a name says otherwise.
#pragma once

#include <QtGlobal>

#include <chrono>

namespace parley {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

// Fixed by docs/protocol.md.
namespace limits {
inline constexpr int Fetch = 500; // messages in one FETCH
inline constexpr int FetchDefault = 100;
inline constexpr int Confirm = 1000; // seqs in one CONFIRM
inline constexpr int Users = 1000; // userIds in one STATUS or WATCH
inline constexpr int ClientIdChars = 64; // code points
inline constexpr int RefChars = 64; // code points
inline constexpr qint64 FetchFrameBytes = 1 << 20;
inline constexpr int HttpHeadBytes = 8 << 10;
inline constexpr int HttpBodyBytes = 4 << 10;
inline constexpr milliseconds RequestTimeout = 10s;
inline constexpr int BadFrames = 10; // within BadFrameWindow: closed with 4400
inline constexpr milliseconds BadFrameWindow = 60s;
inline constexpr milliseconds OverRate = 30s; // without a pause: closed with 4429
inline constexpr qint64 SlowBytes = 1 << 20; // waiting for SlowTime: closed with 4513
inline constexpr milliseconds SlowTime = 10s;
inline constexpr qint64 MaxWaitingBytes = 4 << 20; // waiting at all: closed with 4513
inline constexpr int FailedLoginsPerAddress = 20;
inline constexpr int FailedSessionsPerAddress = 200;
inline constexpr int FailedLoginsPerName = 100;
inline constexpr milliseconds ThrottleWindow = 5min;

// Of the server alone: they bound memory and waiting, and no client needs to know them.
// docs/architecture.md has the sums.
//
// Of one connection: what its commands may hold in work, that is themselves and the largest answers
// that they can have. Reserved before a command begins; until then it is not read any further.
inline constexpr qint64 PipelineBytes = 3 << 20;
inline constexpr qint64 CommandBytes = 2 << 10; // of each, beside what is particular to it
inline constexpr qint64 IdBytes = 256; // of each userId in it: the question, the row, the answer
inline constexpr qint64 RowBytes = 384; // of each message that it reads, beside the body
inline constexpr qint64 SeqBytes = 1 << 10; // of each message that it confirms, with its receipt
inline constexpr qint64 WatchBytes = 80; // of each userId for as long as it is watched
// Of all connections: likewise; an equal share for each gateway, but at least its largest command.
// When half of it is taken, a connection that has something in work may use only a little.
inline constexpr qint64 WorkBytes = 128 << 20;
inline constexpr qint64 FairBytes = 256 << 10;
inline constexpr qint64 BatchBytes = 16 << 20; // in one transaction: likewise
// Of all connections: incomplete frames, what waits to be read by peers, and watched users. A
// connection is closed with 4503 when half of it is used and the connection lets more than
// FairBytes wait for StuckTime; at three quarters, when it has more than FairBytes and adds to it;
// over all of it, when it adds to it.
inline constexpr qint64 BufferBytes = 512 << 20;
inline constexpr milliseconds StuckTime = 1s;
inline constexpr int PendingPlaces = 256; // sockets that are not connections yet
inline constexpr int ReservePlaces = 64; // sockets that are only turned away
inline constexpr int TlsHandshakes = 1024; // at once; some 30 KiB each
// Of a gateway at once, for what other nodes stored (chat::Sequence).
inline constexpr int Looks = 16;
inline constexpr qint64 LookBytes = 64 << 10; // of bodies that one finds, or one message
inline constexpr qint64 HeldBytes = 4 << 20; // of messages of a gateway that wait for those before
inline constexpr qint64 HeldBytesOfMailbox = 512 << 10; // them; what is not held, a look finds
inline constexpr size_t Checks = 500; // mailboxes whose last seq is read at once
inline constexpr int TlsBusy = 512; // connections of a gateway that keep their buffers; 34 KiB each
inline constexpr milliseconds HandshakeTimeout = 2s; // of one, when others wait for its place
inline constexpr qsizetype ProxyHeaderBytes = 4 << 10; // of version 2, with what we do not read
inline constexpr milliseconds TurnedAwayTimeout = 1s; // for them to ask for health or metrics
inline constexpr milliseconds DecisionTimeout = 30s; // for the store to decide on a request
inline constexpr milliseconds ComplaintInterval = 60s; // in the log, about one and the same thing
inline constexpr milliseconds CloseTimeout = 3s; // for the peer to answer a Close frame
inline constexpr milliseconds ShutdownTimeout = 8s;
inline constexpr milliseconds SweepInterval = 500ms;
inline constexpr milliseconds RetryAfter = 1s; // told with store_unavailable and GOAWAY
inline constexpr int HashingQueue = 64; // logins waiting for a password check
inline constexpr int HashingPerName = 8; // of them and those that run, as one user
inline constexpr int HashingPerAddress = 48; // likewise, from one network address
inline constexpr int SessionBindings = 1'000'000; // time sessions and their addresses
// By how much the wall clock may be wrong without harm: nothing is forgotten earlier than this
// after its time, and what is dated further ahead is corrected.
inline constexpr milliseconds ClockTolerance = 10min;
inline constexpr milliseconds ClockTrial = 1h; // that a doubtful clock must hold to be believed
inline constexpr int ThrottleMemory = 200'000; // failures of each rule; names with addresses
inline constexpr qint64 MaxBodyBytes = 480 << 10; // that bodyBytes may be set to
inline constexpr int UserNameChars = 64;
inline constexpr int PasswordBytes = 1024;
inline constexpr int ListenBacklog = 4096;
inline constexpr qsizetype ListenAddresses = 16;
inline constexpr qint64 SecretBytes = 4096; // of a key or token, as a file has it
inline constexpr qint64 ConfigurationBytes = 1 << 20; // of a file of settings
inline constexpr qint64 LogQueueBytes = 1 << 20; // of lines that wait for who reads the log
inline constexpr int LogBurst = 10; // lines of one kind at once, then one in each LogInterval
inline constexpr milliseconds LogInterval = 1s;
inline constexpr int SecurityLogBurst = 1000; // likewise, of one kind of security event
inline constexpr milliseconds SecurityLogInterval = 10ms;
inline constexpr milliseconds LogFlushTimeout = 500ms; // for what waits when the program ends
inline constexpr size_t TraceWatchers = 16;
inline constexpr qint64 TraceQueueBytes = 4 << 20; // steps that wait for one of them; then dropped
inline constexpr qint64 TraceBytes = 256 << 10; // waiting to be read by one; then it gets no more

static_assert(SlowBytes < MaxWaitingBytes);
static_assert(FetchFrameBytes < MaxWaitingBytes);
static_assert(ShutdownTimeout + LogFlushTimeout < 10s);
static_assert(TraceBytes < SlowBytes);
// A command of any kind fits, even with the most that may wait to be read without a timeout. So a
// connection that we stop reading has something to read, or commands in work. (A CONFIRM of all is
// done alone, and so is a FETCH if bodies may be larger than by default.)
static_assert(CommandBytes + 2 * FetchFrameBytes + Fetch * RowBytes <= PipelineBytes);
static_assert(CommandBytes + Users * IdBytes <= PipelineBytes);
static_assert(CommandBytes + Confirm * SeqBytes <= PipelineBytes);
static_assert(PipelineBytes + SlowBytes <= MaxWaitingBytes);
// So does the answer to one that goes alone: a FETCH of one body of control characters.
static_assert(SlowBytes + 6 * MaxBodyBytes + CommandBytes <= MaxWaitingBytes);
static_assert(FairBytes < SlowBytes);
static_assert(2 * PipelineBytes <= WorkBytes);
static_assert(PipelineBytes <= BatchBytes && BatchBytes <= WorkBytes);
static_assert(HashingPerName < HashingPerAddress && HashingPerAddress < HashingQueue);
} // namespace limits

// What an operator may set; the defaults are the contract's.
struct Limits {
    int connections = 100'000;
    int connectionsPerUser = 10;
    int connectionsPerAddress = 0; // 0: no limit
    int pendingPerAddress = 256; // sockets that are not let in
    int pendingPlaces = limits::PendingPlaces; // less where there are few descriptors
    int reservePlaces = limits::ReservePlaces;
    int commandsPerSecond = 1000; // 0: no limit
    int burst = 5000;
    int frameBytes = 262'144; // a whole message's payload
    int bodyBytes = 32'768; // the decoded text, in UTF-8
    int window = 256; // unconfirmed pushes
    int mailboxMessages = 10'000;
    qint64 mailboxBytes = 64 << 20; // of bodies
    std::chrono::hours idempotency{24};
    int sessionsPerUser = 100; // login sessions
    milliseconds heartbeatInterval = 5s;
    milliseconds heartbeatTimeout = 15s;
};

// A frame has room for a body with every character escaped as \uXXXX, and for its envelope.
static_assert(Limits().frameBytes >= Limits().bodyBytes * 6 + 4096);
// A CONFIRM of 1000 sixteen-digit seqs fits a frame.
static_assert(Limits().frameBytes >= limits::Confirm * 17 + 4096);
static_assert(Limits().heartbeatTimeout >= 2 * Limits().heartbeatInterval);

} // namespace parley
