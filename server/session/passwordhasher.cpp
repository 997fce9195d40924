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

class PasswordHasher::Check final : public QRunnable {
public:
    Check(PasswordHasher &hasher, QByteArray password, QByteArray storedHash,
        std::function<void(bool)> done)
        : m_hasher(hasher)
        , m_password(std::move(password))
        , m_storedHash(std::move(storedHash))
        , m_done(std::move(done))
    {
    }
    ~Check() override { wipe(m_password); }

    void run() override
    {
        const bool known = isHash(m_storedHash);
        const bool right = matches(m_password, known ? m_storedHash : m_hasher.m_dummyHash);
        wipe(m_password);
        m_done(known && right);
        --m_hasher.m_checks;
    }

private:
    PasswordHasher &m_hasher;
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
    m_pool.waitForDone();
}

bool PasswordHasher::verify(
    QByteArray password, QByteArray storedHash, std::function<void(bool)> done)
{
    if (++m_checks > m_pool.maxThreadCount() + limits::HashingQueue) {
        --m_checks;
        wipe(password);
        return false;
    }
    m_pool.start(new Check(*this, std::move(password), std::move(storedHash), std::move(done)));
    return true;
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
