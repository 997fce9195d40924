// SPDX-License-Identifier: MIT
#include "suite/storecontract.h"

#include "storage/memorystore.h"

#include <QTest>

namespace {

using namespace parley;

class MemoryBackend final : public test::Backend {
public:
    Result<std::unique_ptr<storage::Store>> fresh(const Limits &limits) override
    {
        return opened(std::make_unique<storage::MemoryStore>(limits));
    }
    Result<std::unique_ptr<storage::Store>> reopened(
        std::unique_ptr<storage::Store> store, const Limits &) override
    {
        store->close();
        return opened(std::move(store));
    }

private:
    static Result<std::unique_ptr<storage::Store>> opened(std::unique_ptr<storage::Store> store)
    {
        if (auto done = store->open(); !done)
            return done.failure();
        return store;
    }
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    MemoryBackend backend;
    test::StoreContract contract(backend);
    return QTest::qExec(&contract, argc, argv);
}
