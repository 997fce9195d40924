// SPDX-License-Identifier: MIT
#include "app/commandline.h"

#include "app/settings/table.h"
#include "app/terminal.h"
#include "app/usersfile.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <sstream>

namespace parley::app {

namespace {

// A key is written with underscores; on a command line hyphens are as good.
std::string optionNames(const Setting &setting)
{
    const std::string key = setting.key;
    std::string hyphened = key;
    std::ranges::replace(hyphened, '_', '-');
    return "--" + key + (hyphened == key ? "" : ",--" + hyphened);
}

class Parser {
public:
    Parser();
    std::variant<CommandLine, int> parse(int argc, const char *const *argv);

private:
    void addSettings();
    void addUserCommands();
    void addStoreCommands();
    void addCommandsForServers();
    using CheckName = Done (*)(const QByteArray &);
    // Who is there already may have a name that nobody could be given now.
    CLI::Option *addName(CLI::App *command, CheckName = nullptr);
    void addFile(CLI::App *command, const char *meaning);
    void addJson(CLI::App *command);
    CLI::Option *addPasswordStdin(CLI::App *command);
    template <class Make> void onUse(CLI::App *command, Make make)
    {
        command->callback([this, make] { m_result.command = make(); });
    }

    CLI::App m_app{"A private-messaging server, and commands to administer it.", "parleyd"};
    CommandLine m_result;
    QByteArray m_name;
    QString m_file;
    UserId m_id;
    bool m_isDemo = false;
    bool m_passwordFromStdin = false;
    bool m_withoutPassword = false;
    bool m_replaces = false;
    bool m_asJson = false;
};

Parser::Parser()
{
    m_app.set_version_flag("--version", "parleyd " PARLEY_VERSION, "Print the version and exit");
    m_app.require_subcommand(1);
    m_app.fallthrough(); // the settings can stand behind the command
    m_app.footer("Every command takes --config and the settings that `parleyd --help` lists.");
    addSettings();

    CLI::App *serve = m_app.add_subcommand("serve", "Run the server");
    serve->add_flag("--demo", m_isDemo,
        "Create users alice and bob (password: demo) and a secret key; loopback only");
    serve->add_flag_callback(
        "--trace",
        [this] { m_result.settings.emplace_back("trace.enabled", QStringLiteral("true")); },
        "Turn on /trace");
    onUse(serve, [this] { return Serve{m_isDemo}; });

    addUserCommands();
    addStoreCommands();
    addCommandsForServers();

    CLI::App *session =
        m_app.add_subcommand("session", "Create a login session for a user and print it");
    addName(session);
    onUse(session, [this] { return NewSession{m_name}; });
}

void Parser::addStoreCommands()
{
    onUse(m_app.add_subcommand(
              "check", "Check the configuration and the store; say what is damaged and what to do"),
        [] { return Check(); });
    onUse(m_app.add_subcommand("migrate", "Bring the store's schema up to date"),
        [] { return Migrate(); });

    CLI::App *backup = m_app.add_subcommand(
        "backup", "Write the store to a new file, also while a server runs, and verify it");
    addFile(backup, "The backup to be made; must not exist");
    onUse(backup, [this] { return Backup{m_file}; });

    CLI::App *restore = m_app.add_subcommand(
        "restore", "Make the store what a backup holds, and keep the one of before beside it");
    addFile(restore, "A backup");
    restore->add_flag("--replace", m_replaces, "Also when the store has messages or is damaged");
    onUse(restore, [this] { return Restore{m_file, m_replaces}; });

    CLI::App *mailbox = m_app.add_subcommand(
        "mailbox", "Print how many unread messages a user has, and since when; never their text");
    addName(mailbox);
    addJson(mailbox);
    onUse(mailbox, [this] { return ShowMailbox{m_name, m_asJson}; });
}

void Parser::addCommandsForServers()
{
    CLI::App *kick = m_app.add_subcommand(
        "kick", "End a user's login sessions and all their connections; they may log in again");
    addName(kick);
    onUse(kick, [this] { return Kick{m_name}; });

    CLI::App *connections =
        m_app.add_subcommand("connections", "List the connections to a running server");
    addName(connections, [](const QByteArray &name) {
        return name.isEmpty() ? Done(Failure{QStringLiteral("must not be empty")}) : done();
    })->required(false);
    addJson(connections);
    onUse(connections, [this] { return ShowConnections{m_name, m_asJson}; });

    CLI::App *stats = m_app.add_subcommand("stats", "Print the numbers of a running server");
    addJson(stats);
    onUse(stats, [this] { return ShowStats{m_asJson}; });

    CLI::App *nodes = m_app.add_subcommand("nodes", "List the servers that share the store");
    addJson(nodes);
    onUse(nodes, [this] { return ShowNodes{m_asJson}; });

    CLI::App *secret = m_app.add_subcommand("secret", "Change the secret key of time sessions");
    secret->require_subcommand(1);
    onUse(secret->add_subcommand(
              "rotate", "Make a new key; the one before stays valid for session.overlap_hours"),
        [] { return RotateSecret(); });
}

void Parser::addSettings()
{
    m_app
        .add_option_function<std::string>(
            "--config",
            [this](const std::string &file) { m_result.configFile = QString::fromStdString(file); },
            "A TOML file with settings")
        ->type_name("FILE");
    for (const Setting &setting : settingsTable()) {
        // A flag without a value is on.
        const auto take = [this, &setting](const std::string &value) {
            const bool isFlag = setting.isFlag() && value.empty();
            m_result.settings.emplace_back(
                setting.key, isFlag ? QStringLiteral("true") : QString::fromStdString(value));
        };
        CLI::Option *option =
            m_app.add_option_function<std::string>(optionNames(setting), take, setting.meaning)
                ->type_name(setting.hint)
                ->group("Settings (of every command)");
        if (setting.isList())
            option->join(',');
        if (setting.isFlag())
            option->expected(0, 1);
    }
}

void Parser::addUserCommands()
{
    CLI::App *user = m_app.add_subcommand("user", "Add, list and change users");
    user->require_subcommand(1);

    CLI::App *add = user->add_subcommand("add", "Add a user and print the userId");
    addName(add, checkUserName);
    add->add_flag("--no-password", m_withoutPassword,
           "They cannot log in, but come with sessions that somebody else makes")
        ->excludes(addPasswordStdin(add));
    add->add_option_function<std::string>(
           "--id",
           [this](const std::string &text) {
               const auto id = typedUserId(text);
               if (!id)
                   throw CLI::ValidationError("--id", id.failure().text.toStdString());
               m_id = *id;
           },
           "The userId; by default the next free one")
        ->type_name("N");
    onUse(add, [this] { return UserAdd{m_name, m_id, m_passwordFromStdin, m_withoutPassword}; });

    CLI::App *import =
        user->add_subcommand("import", "Add users from a CSV file with lines id,name[,password]");
    addFile(import, "CSV file; - is standard input");
    onUse(import, [this] { return UserImport{m_file}; });

    onUse(user->add_subcommand("list", "Print each user's id, name, and enabled or disabled"),
        [] { return UserList(); });

    CLI::App *password =
        user->add_subcommand("passwd", "Change a user's password; ends their login sessions");
    addName(password);
    addPasswordStdin(password);
    onUse(password, [this] { return UserPassword{m_name, m_passwordFromStdin}; });

    for (const bool isEnabled : {false, true}) {
        CLI::App *enable = isEnabled
            ? user->add_subcommand("enable", "Let a disabled user connect again")
            : user->add_subcommand(
                "disable", "Let a user no longer connect; ends their connections");
        addName(enable);
        onUse(enable, [this, isEnabled] { return UserEnable{m_name, isEnabled}; });
    }
}

CLI::Option *Parser::addName(CLI::App *command, CheckName isAllowed)
{
    const auto take = [this, isAllowed](const std::string &text) {
        m_name = QByteArray::fromStdString(text);
        const Done check = isAllowed ? isAllowed(m_name) : done();
        if (!check)
            throw CLI::ValidationError("NAME", check.failure().text.toStdString());
    };
    return command->add_option_function<std::string>("NAME", take)->required()->type_name("");
}

void Parser::addFile(CLI::App *command, const char *meaning)
{
    const auto take = [this](const std::string &file) { m_file = QString::fromStdString(file); };
    command->add_option_function<std::string>("FILE", take, meaning)->required();
}

void Parser::addJson(CLI::App *command)
{
    command->add_flag("--json", m_asJson, "As JSON, for programs");
}

CLI::Option *Parser::addPasswordStdin(CLI::App *command)
{
    return command->add_flag("--password-stdin", m_passwordFromStdin,
        "Read the password from the first line of standard input");
}

std::variant<CommandLine, int> Parser::parse(int argc, const char *const *argv)
{
    if (argc <= 1) {
        std::fputs(m_app.help().c_str(), stderr);
        return WrongUsage;
    }
    std::ostringstream results;
    std::ostringstream complaints;
    try {
        m_app.parse(argc, argv);
        return m_result;
    } catch (const CLI::ParseError &stop) { // --help and --version come this way, too
        const bool isResult = m_app.exit(stop, results, complaints) == 0;
        for (const QString &line : QString::fromStdString(complaints.str()).split(u'\n'))
            if (!line.isEmpty())
                tell(line);
        const Done written = answer(QByteArray::fromStdString(results.str()));
        if (!written)
            return giveUp(Failed, written.failure().text);
        return isResult ? Well : WrongUsage;
    }
}

} // namespace

std::variant<CommandLine, int> parseCommandLine(int argc, const char *const *argv)
{
    return Parser().parse(argc, argv);
}

} // namespace parley::app
