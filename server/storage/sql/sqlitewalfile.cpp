// SPDX-License-Identifier: MIT
#include "storage/sql/sqlitewalfile.h"

#include <QByteArray>

#include <sqlite3.h>

#include <new>

namespace parley::storage::sql {

namespace {

// SQLite writes at most 2^17 - 1 bytes at once, and takes more for a full disk.
constexpr qsizetype GatheredBytes = 100 << 10;

// SQLite gives the memory, with room for the real file behind this.
struct LogFile : sqlite3_file {
    QByteArray gathered;
    sqlite3_int64 offset = 0; // where it goes

    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }

    int flush()
    {
        if (gathered.isEmpty())
            return SQLITE_OK;
        const int result =
            real()->pMethods->xWrite(real(), gathered.constData(), int(gathered.size()), offset);
        gathered.resize(0); // also when it failed: then SQLite takes the transaction back
        return result;
    }
    int add(const char *bytes, int size, sqlite3_int64 at)
    {
        const bool follows = at == offset + gathered.size();
        if (!follows || gathered.size() + size > GatheredBytes) {
            if (const int result = flush(); result != SQLITE_OK)
                return result;
        }
        if (gathered.isEmpty())
            offset = at;
        gathered.append(bytes, size);
        return SQLITE_OK;
    }
};
static_assert(sizeof(LogFile) % alignof(void *) == 0);

LogFile *log(sqlite3_file *file)
{
    return static_cast<LogFile *>(file);
}

template <auto Method, class... Arguments> int passOn(sqlite3_file *file, Arguments... arguments)
{
    sqlite3_file *const real = log(file)->real();
    return (real->pMethods->*Method)(real, arguments...);
}

// Of a method that must see what was written before.
template <auto Method, class... Arguments>
int afterFlush(sqlite3_file *file, Arguments... arguments)
{
    const int flushed = log(file)->flush();
    return flushed == SQLITE_OK ? passOn<Method>(file, arguments...) : flushed;
}

int closeLog(sqlite3_file *file)
{
    const int flushed = log(file)->flush();
    const int closed = passOn<&sqlite3_io_methods::xClose>(file);
    log(file)->~LogFile();
    return flushed != SQLITE_OK ? flushed : closed;
}

int writeLog(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    return log(file)->add(static_cast<const char *>(bytes), size, at);
}

using Methods = sqlite3_io_methods;
constexpr Methods LogMethods{
    .iVersion = 1,
    .xClose = closeLog,
    .xRead = afterFlush<&Methods::xRead>,
    .xWrite = writeLog,
    .xTruncate = afterFlush<&Methods::xTruncate>,
    .xSync = afterFlush<&Methods::xSync>,
    .xFileSize = afterFlush<&Methods::xFileSize>,
    .xLock = passOn<&Methods::xLock>,
    .xUnlock = passOn<&Methods::xUnlock>,
    .xCheckReservedLock = passOn<&Methods::xCheckReservedLock>,
    .xFileControl = passOn<&Methods::xFileControl>,
    .xSectorSize = passOn<&Methods::xSectorSize>,
    .xDeviceCharacteristics = passOn<&Methods::xDeviceCharacteristics>,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

sqlite3_vfs *machines()
{
    static sqlite3_vfs *const found = sqlite3_vfs_find("unix");
    return found;
}

// All files but the log are the machine's own.
int openFile(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    if (!(flags & SQLITE_OPEN_WAL))
        return machines()->xOpen(machines(), name, file, flags, outFlags);
    auto *const opened = new (file) LogFile;
    opened->pMethods = nullptr;
    const int result = machines()->xOpen(machines(), name, opened->real(), flags, outFlags);
    if (result == SQLITE_OK)
        opened->pMethods = &LogMethods;
    else
        opened->~LogFile();
    return result;
}

} // namespace

const char *gatheringFileSystem()
{
    static constexpr auto Name = "parley";
    static sqlite3_vfs fileSystem = [] {
        sqlite3_vfs system = *machines();
        system.zName = Name;
        system.szOsFile += int(sizeof(LogFile));
        system.pNext = nullptr;
        system.xOpen = openFile;
        return system;
    }();
    static const int registered = sqlite3_vfs_register(&fileSystem, false);
    Q_ASSERT(registered == SQLITE_OK);
    return Name;
}

void dropGathered(sqlite3 *connection)
{
    sqlite3_file *file = nullptr;
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
    if (file && file->pMethods == &LogMethods)
        log(file)->gathered.resize(0);
}

} // namespace parley::storage::sql
