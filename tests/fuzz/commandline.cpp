// SPDX-License-Identifier: MIT
// A command line is understood, answered with words, or refused with words; what was understood
// can be written plainly, and means the same then.
//
// Each line of the input is an argument.
#include "app/commandline.h"
#include "app/exitstatus.h"
#include "app/settings/table.h"
#include "app/usersfile.h"
#include "fuzz/fuzz.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

using namespace parley;
using namespace parley::app;

namespace {

struct Parsed {
    std::variant<CommandLine, int> result;
    QByteArray written; // to standard output and error
};

Parsed parse(const QByteArrayList &arguments)
{
    std::vector<const char *> argv{"parleyd"};
    for (const QByteArray &argument : arguments)
        argv.push_back(argument.constData());
    char *text = nullptr;
    size_t size = 0;
    std::FILE *const memory = open_memstream(&text, &size);
    std::FILE *const output = std::exchange(stdout, memory);
    std::FILE *const error = std::exchange(stderr, memory);
    Parsed parsed{parseCommandLine(int(argv.size()), argv.data()), {}};
    stdout = output;
    stderr = error;
    std::fclose(memory);
    parsed.written = QByteArray(text, qsizetype(size));
    std::free(text);
    return parsed;
}

// An argument may bring what moves a terminal's cursor, or worse.
bool isPrintable(QByteArrayView text)
{
    return std::ranges::none_of(
        text, [](char c) { return (uchar(c) < 0x20 && c != '\n') || c == 0x7f; });
}

// The command's words, as they are typed; a name may begin with a hyphen.
struct Words {
    QByteArrayList operator()(const Serve &serve) const
    {
        return serve.isDemo ? QByteArrayList{"serve", "--demo"} : QByteArrayList{"serve"};
    }
    QByteArrayList operator()(const UserAdd &add) const
    {
        QByteArrayList words{"user", "add"};
        if (add.id != UserId())
            words += "--id=" + QByteArray::number(add.id.value());
        if (add.withoutPassword)
            words += "--no-password";
        MUST(checkUserName(add.name));
        return words + named(add.name, add.passwordFromStdin);
    }
    QByteArrayList operator()(const UserImport &import) const
    {
        return {"user", "import", "--", import.file.toUtf8()};
    }
    QByteArrayList operator()(const UserList &) const { return {"user", "list"}; }
    QByteArrayList operator()(const UserPassword &password) const
    {
        return QByteArrayList{"user", "passwd"} + named(password.name, password.passwordFromStdin);
    }
    QByteArrayList operator()(const UserEnable &enable) const
    {
        return {"user", enable.isEnabled ? "enable" : "disable", "--", enable.name};
    }
    QByteArrayList operator()(const NewSession &session) const
    {
        return {"session", "--", session.name};
    }
    QByteArrayList operator()(const Kick &kick) const { return {"kick", "--", kick.name}; }
    QByteArrayList operator()(const ShowMailbox &mailbox) const
    {
        return json("mailbox", mailbox.asJson) << "--" << mailbox.name;
    }
    QByteArrayList operator()(const ShowConnections &connections) const
    {
        QByteArrayList words = json("connections", connections.asJson);
        if (!connections.name.isEmpty())
            words << "--" << connections.name;
        return words;
    }
    QByteArrayList operator()(const ShowStats &stats) const { return json("stats", stats.asJson); }
    QByteArrayList operator()(const ShowNodes &nodes) const { return json("nodes", nodes.asJson); }
    QByteArrayList operator()(const RotateSecret &) const { return {"secret", "rotate"}; }
    QByteArrayList operator()(const Check &) const { return {"check"}; }
    QByteArrayList operator()(const Migrate &) const { return {"migrate"}; }
    QByteArrayList operator()(const Backup &backup) const
    {
        return {"backup", "--", backup.file.toUtf8()};
    }
    QByteArrayList operator()(const Restore &restore) const
    {
        QByteArrayList words{"restore"};
        if (restore.replaces)
            words += "--replace";
        return words << "--" << restore.file.toUtf8();
    }

private:
    static QByteArrayList json(const char *command, bool asJson)
    {
        return asJson ? QByteArrayList{command, "--json"} : QByteArrayList{command};
    }
    static QByteArrayList named(const QByteArray &name, bool fromStdin)
    {
        QByteArrayList words;
        if (fromStdin)
            words += "--password-stdin";
        return words << "--" << name;
    }
};

std::map<QByteArray, QString> settingsOf(const CommandLine &line)
{
    std::map<QByteArray, QString> settings;
    for (const auto &[key, value] : line.settings) {
        MUST(findSetting(key));
        settings[key] = value;
    }
    return settings;
}

void checkUnderstood(const CommandLine &line)
{
    QByteArrayList said;
    if (!line.configFile.isEmpty())
        said << "--config" << line.configFile.toUtf8();
    for (const auto &[key, value] : settingsOf(line))
        said << "--" + key << value.toUtf8();
    said += std::visit(Words(), line.command);
    const auto again = parse(said);
    const auto *understood = std::get_if<CommandLine>(&again.result);
    MUST(understood);
    MUST(understood->command.index() == line.command.index());
    MUST(std::visit(Words(), understood->command) == std::visit(Words(), line.command));
    MUST(understood->configFile == line.configFile);
    MUST(settingsOf(*understood) == settingsOf(line));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text = fuzz::Input(data, size).bytes().toByteArray();
    if (text.isEmpty() || text.contains('\0')) // no argument can hold it
        return 0;
    const Parsed parsed = parse(text.split('\n'));
    MUST(isPrintable(parsed.written));
    if (const auto *line = std::get_if<CommandLine>(&parsed.result)) {
        ++fuzz::taken;
        MUST(parsed.written.isEmpty());
        checkUnderstood(*line);
    } else {
        const int status = std::get<int>(parsed.result);
        MUST((status == Well || status == WrongUsage) && !parsed.written.isEmpty());
    }
    return 0;
}
