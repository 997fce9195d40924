// SPDX-License-Identifier: MIT
// Sends what it reads, and prints what it receives: chat ws://127.0.0.1:2345 alice demo 2
#include "client/chatclient.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <iostream>

int main(int argc, char **argv)
{
    using parley::client::ChatClient;

    QCoreApplication app(argc, argv);
    if (argc != 5) {
        std::cerr << "usage: chat SERVER NAME PASSWORD RECEIVER\n";
        return 2;
    }
    parley::client::Options options;
    options.server = QUrl(QString::fromUtf8(argv[1]));
    options.identity = parley::protocol::Credentials{argv[2], argv[3]};
    ChatClient client(options);
    QObject::connect(&client, &ChatClient::messageReceived, [](const auto &message) {
        std::cout << message.sendUserId.value() << ": " << message.body.constData() << std::endl;
    });

    QSocketNotifier input(0, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, [&] {
        std::string line;
        if (!std::getline(std::cin, line))
            app.quit();
        else if (client.send(parley::UserId(atoll(argv[4])), line.c_str()).isNull())
            std::cerr << "too many messages wait for the server\n";
    });
    client.connectToServer();
    return app.exec();
}
