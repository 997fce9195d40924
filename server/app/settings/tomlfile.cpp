// SPDX-License-Identifier: MIT
#include "app/settings/tomlfile.h"

#include "core/limits.h"

#include <algorithm>
#include <toml++/toml.h>

namespace parley::app {

namespace {

Value listOf(const toml::array &array)
{
    QStringList list;
    for (const toml::node &node : array) {
        if (!node.is_string())
            return {};
        list += QString::fromStdString(**node.as_string());
    }
    return list;
}

Value valueOf(const toml::node &node)
{
    if (auto boolean = node.as_boolean())
        return boolean->get();
    if (auto integer = node.as_integer())
        return qint64(integer->get());
    if (auto string = node.as_string())
        return QString::fromStdString(string->get());
    if (auto array = node.as_array())
        return listOf(*array);
    return {};
}

void flatten(const toml::table &table, const QByteArray &prefix, std::vector<TomlEntry> &entries)
{
    for (const auto &[name, node] : table) {
        const QByteArray key = prefix + QByteArray::fromStdString(std::string(name.str()));
        const toml::table *inner = node.as_table();
        entries.push_back({key, int(node.source().begin.line), bool(inner), valueOf(node)});
        if (inner)
            flatten(*inner, key + '.', entries);
    }
}

} // namespace

Result<std::vector<TomlEntry>> readToml(const QString &file, Accept accept)
{
    QFile source(file);
    if (const Done opened = openFile(source, accept); !opened)
        return opened.failure();
    const auto text = readFile(source, file, limits::ConfigurationBytes + 1);
    if (!text)
        return text.failure();
    if (text->size() > limits::ConfigurationBytes)
        return Failure{
            QStringLiteral("%1: over %2 bytes").arg(file).arg(limits::ConfigurationBytes)};
    try {
        std::vector<TomlEntry> entries;
        flatten(toml::parse(text->toStdString()), {}, entries);
        std::ranges::stable_sort(entries, {}, &TomlEntry::line);
        return entries;
    } catch (const toml::parse_error &error) {
        return Failure{QStringLiteral("%1:%2: %3")
                           .arg(file)
                           .arg(error.source().begin.line)
                           .arg(QString::fromUtf8(error.what()))};
    }
}

} // namespace parley::app
