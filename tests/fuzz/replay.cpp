// SPDX-License-Identifier: MIT
// The driver of a fuzz target where libFuzzer is not at hand: every seed, then seeds damaged by
// chance.
//
//   fuzz_NAME KEEP FOLDER...    KEEP is written with the input that breaks a promise
//
// PARLEY_SEED repeats a run, PARLEY_ROUNDS lengthens it.
#include "fuzz/fuzz.h"

#include <QDir>
#include <QRandomGenerator>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace {

QByteArray current;
QByteArray keep;

// Only calls that a signal may make.
void keepInput(int)
{
    const int file = open(keep.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0 || write(file, current.constData(), size_t(current.size())) != current.size())
        _exit(3);
    // The signal goes on to end the program.
}

void run(const QByteArray &input)
{
    current = input;
    const auto exact = parley::fuzz::exactly(input);
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(exact.data()), exact.size());
}

QByteArrayList seedsIn(const QString &folder)
{
    QByteArrayList seeds;
    const QDir directory(folder);
    for (const QString &name : directory.entryList(QDir::Files, QDir::Name)) {
        QFile file(directory.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s cannot be read", qPrintable(file.fileName()));
        seeds += file.readAll();
    }
    return seeds;
}

int number(const char *variable, int otherwise)
{
    bool isGiven = false;
    const int given = qEnvironmentVariableIntValue(variable, &isGiven);
    return isGiven ? given : otherwise;
}

// One to four places overwritten, filled, emptied, or replaced by those of another seed.
QByteArray damaged(const QByteArrayList &seeds, QRandomGenerator &random)
{
    const auto below = [&random](qsizetype bound) { return random.bounded(int(bound)); };
    const auto piece = [&](qsizetype most) {
        const QByteArray &other = seeds[below(seeds.size())];
        return other.mid(below(other.size() + 1), 1 + below(most));
    };
    QByteArray bytes = seeds[below(seeds.size())];
    for (int times = 1 + below(4); times > 0; --times) {
        const auto at = below(bytes.size() + 1);
        switch (below(5)) {
        case 0:
            bytes.insert(at, piece(16));
            break;
        case 1:
            bytes.remove(at, 1 + below(8));
            break;
        case 2:
            bytes.replace(at, 1, piece(16));
            break;
        case 3:
            bytes = bytes.left(at) + piece(bytes.size() + 1);
            break;
        case 4:
            if (at < bytes.size())
                bytes[at] = char(below(256));
            break;
        }
    }
    return bytes;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "usage: %s KEEP FOLDER...\n", argv[0]);
        return 2;
    }
    keep = argv[1];
    struct sigaction action { };
    action.sa_handler = keepInput;
    action.sa_flags = int(SA_RESETHAND);
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS})
        sigaction(signal, &action, nullptr);

    QByteArrayList seeds;
    for (int i = 2; i < argc; ++i)
        seeds += seedsIn(QString::fromLocal8Bit(argv[i]));
    if (seeds.isEmpty()) {
        std::fprintf(stderr, "there are no seeds\n");
        return 1;
    }
    for (const QByteArray &seed : seeds)
        run(seed);

    QRandomGenerator random{quint32(number("PARLEY_SEED", 20'261'123))};
    const int rounds = number("PARLEY_ROUNDS", PARLEY_FUZZ_ROUNDS);
    parley::fuzz::taken = 0;
    for (int round = 0; round < rounds; ++round)
        run(damaged(seeds, random));
    std::printf("%lld seeds, %lld of %d damaged ones taken\n", qlonglong(seeds.size()),
        qlonglong(parley::fuzz::taken), rounds);
    if (parley::fuzz::taken <= rounds / 200 || parley::fuzz::taken >= rounds) {
        std::fprintf(stderr, "the damage is too little or too much\n");
        return 1;
    }
    return 0;
}
