// SPDX-License-Identifier: MIT
#include "app/password.h"

#include "app/usersfile.h"
#include "core/limits.h"
#include "core/secrettext.h"

#include <cerrno>
#include <cstdio>
#include <optional>
#include <termios.h>
#include <unistd.h>

namespace parley::app {

namespace {

constexpr char Interrupt = 3; // Ctrl+C, while the terminal makes no signal of it

// While it lives, the terminal shows nothing of what is typed. It also makes no signals, for the
// program must not end before the terminal is as it was.
class SilentTerminal {
public:
    SilentTerminal()
    {
        ::tcgetattr(STDIN_FILENO, &m_before);
        termios silent = m_before;
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG);
        silent.c_cc[VEOL] = Interrupt; // ends the line, or it would wait for Enter
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentTerminal() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before); }
    Q_DISABLE_COPY_MOVE(SilentTerminal)

private:
    termios m_before{};
};

// The next byte of a line; none at its end.
std::optional<char> nextByte()
{
    const int c = std::getchar();
    return c == EOF || c == '\n' ? std::nullopt : std::optional(char(c));
}

// Without its end, and not much more of it than a password can have. As an editor or another
// system's shell saved it: its marks are no part of a password.
Result<QByteArray> readPlainLine()
{
    QByteArray bytes;
    while (const auto c = nextByte()) {
        if (bytes.size() <= limits::SecretBytes)
            bytes += *c;
    }
    if (std::ferror(stdin))
        return Failure{QStringLiteral("standard input: %1").arg(qt_error_string(errno))};
    const bool isWhole = bytes.size() <= limits::SecretBytes;
    auto line = withoutMark(bytes);
    while (line && isWhole && line->endsWith('\r'))
        line->chop(1);
    if (line && line->contains('\r'))
        return Failure{QStringLiteral("a line must end with LF or CRLF, not with CR alone")};
    return line;
}

// What is typed, with the Interrupt that may end it.
QByteArray ask(const char *prompt)
{
    std::fputs(prompt, stderr);
    QByteArray answer;
    while (const auto c = nextByte()) {
        if (answer.size() <= limits::PasswordBytes || *c == Interrupt)
            answer += *c;
        if (*c == Interrupt)
            break;
    }
    std::fputs("\n", stderr);
    return answer;
}

Result<QByteArray> askTwice()
{
    if (!::isatty(STDIN_FILENO))
        return Failure{QStringLiteral(
            "standard input is not a terminal; use --password-stdin to give a password")};
    const SilentTerminal silent;
    const QByteArray first = ask("New password: ");
    const QByteArray second = first.contains(Interrupt) ? first : ask("Repeat the password: ");
    if (second.contains(Interrupt))
        return Failure{QStringLiteral("interrupted")};
    if (first != second)
        return Failure{QStringLiteral("the two passwords differ")};
    return first;
}

} // namespace

Result<QByteArray> readPassword(bool fromStdin)
{
    const Result<QByteArray> password = fromStdin ? readPlainLine() : askTwice();
    if (password) {
        if (const Done check = checkPassword(*password); !check)
            return check.failure();
    }
    return password;
}

} // namespace parley::app
