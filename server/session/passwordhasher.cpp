// SPDX-License-Identifier: MIT
#include "session/passwordhasher.h"

#include "core/limits.h"
#include "core/log.h"
#include "session/sodium.h"

#include <cerrno>

#include <sodium.h>

namespace parley::session {

namespace {

bool isHash(const QByteArray &text)
{
    // Says -1 for what it cannot read; whether the cost is the one given does not matter here.
    return crypto_pwhash_str_needs_rehash(text.constData(),
               crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
               crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE)
        != -1;
}

bool matches(const QByteArray &password, const QByteArray &hash)
{
    errno = 0;
    if (crypto_pwhash_str_verify(hash.constData(), password.constData(), size_t(password.size()))
        == 0)
        return true;
    if (errno != EINVAL) // which it is for a wrong password
        qCWarning(lcSession, "a password could not be checked: not enough memory");
    return false;
}

} // namespace

class PasswordHasher::Check {
public:
    Check(Who who, QByteArray password, QByteArray storedHash, std::function<void(bool)> done)
        : who(std::move(who))
        , m_password(std::move(password))
        , m_storedHash(std::move(storedHash))
        , m_done(std::move(done))
    {
    }
    ~Check() { wipe(m_password); }
    Q_DISABLE_COPY_MOVE(Check)

    void run(const QByteArray &dummyHash)
    {
        const bool known = isHash(m_storedHash);
        const bool right = matches(m_password, known ? m_storedHash : dummyHash);
        wipe(m_password);
        m_done(known && right);
    }

    const Who who;
    const Ticks askedAt = Ticks::clock::now();

private:
    QByteArray m_password;
    const QByteArray m_storedHash;
    const std::function<void(bool)> m_done;
};

PasswordHasher::PasswordHasher(int threads, Strength strength)
    : m_dummyHash(hash("", strength))
{
    m_pool.setMaxThreadCount(threads);
}

PasswordHasher::~PasswordHasher()
{
    m_pool.clear();
    {
        std::lock_guard lock(m_mutex);
        m_waiting.clear();
        m_turns.clear();
    }
    m_pool.waitForDone();
}

bool PasswordHasher::verify(
    Who who, QByteArray password, QByteArray storedHash, std::function<void(bool)> done)
{
    // Made first: whatever comes of it, the password is wiped.
    auto check = std::make_unique<Check>(
        std::move(who), std::move(password), std::move(storedHash), std::move(done));
    {
        std::lock_guard lock(m_mutex);
        const auto &[name, address] = check->who;
        if (m_checks >= m_pool.maxThreadCount() + limits::HashingQueue)
            return false;
        if (const auto of = m_checksOfName.find(name);
            of != m_checksOfName.end() && of->second >= limits::HashingPerName)
            return false;
        if (const auto from = m_checksFrom.find(address);
            from != m_checksFrom.end() && from->second >= limits::HashingPerAddress)
            return false;
        ++m_checks;
        ++m_checksOfName[name];
        ++m_checksFrom[address];
        auto &waiting = m_waiting[name];
        if (waiting.empty())
            m_turns.push_back(name);
        waiting.push_back(std::move(check));
    }
    m_pool.start([this] { runNext(); });
    return true;
}

// Of the name whose turn it is. Null: the hasher is being destroyed.
PasswordHasher::CheckPtr PasswordHasher::takeNext()
{
    std::lock_guard lock(m_mutex);
    if (m_turns.empty())
        return {};
    const auto waiting = m_waiting.find(m_turns.front());
    CheckPtr check = std::move(waiting->second.front());
    waiting->second.pop_front();
    if (waiting->second.empty())
        m_waiting.erase(waiting);
    else
        m_turns.push_back(m_turns.front());
    m_turns.pop_front();
    return check;
}

void PasswordHasher::runNext()
{
    const CheckPtr check = takeNext();
    if (!check)
        return;
    const Ticks begun = Ticks::clock::now();
    check->run(m_dummyHash);
    const Ticks ended = Ticks::clock::now();
    const auto count = [](std::map<QByteArray, int> &counts, const QByteArray &whose) {
        if (const auto found = counts.find(whose); --found->second == 0)
            counts.erase(found);
    };
    std::lock_guard lock(m_mutex);
    m_waited.add(microseconds(begun - check->askedAt));
    m_took.add(microseconds(ended - begun));
    --m_checks;
    count(m_checksOfName, check->who.name);
    count(m_checksFrom, check->who.address);
}

PasswordHasher::Figures PasswordHasher::figures() const
{
    std::lock_guard lock(m_mutex);
    return {m_checks, m_waited.figures(), m_took.figures()};
}

QByteArray PasswordHasher::hash(QByteArrayView password, Strength strength)
{
    useSodium();
    const bool forTests = strength == Strength::ForTests;
    char text[crypto_pwhash_STRBYTES];
    const char *bytes = password.isNull() ? "" : password.data(); // libsodium takes no null
    const int failed = crypto_pwhash_str(text, bytes, size_t(password.size()),
        forTests ? crypto_pwhash_argon2id_OPSLIMIT_MIN
                 : crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
        forTests ? crypto_pwhash_argon2id_MEMLIMIT_MIN
                 : crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE);
    if (failed)
        qBadAlloc(); // the only way to fail
    return text;
}

} // namespace parley::session
