// SPDX-License-Identifier: MIT
// Sends the lines that it reads, and prints what it receives:
//     parley-example ws://127.0.0.1:2345 alice demo 2
#include "client/chatclient.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <iostream>
#include <unistd.h>

int main(int argc, char **argv)
{
    using namespace parley::client;

    QCoreApplication app(argc, argv);
    if (argc != 5) {
        std::cerr << "usage: parley-example SERVER NAME PASSWORD RECEIVER\n";
        return 2;
    }
    Options options;
    options.server = QUrl(QString::fromUtf8(argv[1]));
    options.identity = parley::protocol::Credentials{argv[2], argv[3]};
    const parley::UserId receiver(atoll(argv[4]));

    ChatClient client(options);
    QObject::connect(&client, &ChatClient::messageReceived, [](const auto &message) {
        std::cout << message.sendUserId.value() << ": " << message.body.constData() << std::endl;
    });
    QObject::connect(&client, &ChatClient::sendFailed, [](const auto &, const auto &error) {
        std::cerr << "not sent: " << parley::name(error.code).data() << std::endl;
    });

    QByteArray typed;
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, [&] {
        char bytes[4096];
        const auto count = read(STDIN_FILENO, bytes, sizeof(bytes));
        if (count <= 0)
            input.setEnabled(false);
        typed.append(bytes, std::max<qsizetype>(count, 0));
        for (qsizetype end; (end = typed.indexOf('\n')) >= 0; typed.remove(0, end + 1)) {
            if (client.send(receiver, typed.left(end)).isNull())
                std::cerr << "not sent: too many messages wait for the server" << std::endl;
        }
    });

    client.connectToServer();
    return app.exec();
}
