// SPDX-License-Identifier: MIT
// The only source that knows yaml-cpp.
#include "scenario/format/document.h"
#include "scenario/format/scenario.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <yaml-cpp/yaml.h>

namespace parley::scenario {
namespace {

constexpr int MostDepth = 32;
constexpr int MostNodes = 200'000; // aliases count each time
constexpr qsizetype MostPaths = 16 << 20; // letters, of all nodes together
constexpr qsizetype MostKey = 100;
constexpr qsizetype MostText = 16 << 10; // the schema's patterns are matched recursively

class Reader {
public:
    explicit Reader(Document &document)
        : m_document(document)
    {
    }

    Result<QJsonValue> read(const YAML::Node &node, const QString &path, int depth = 0)
    {
        if (!node.Mark().is_null())
            m_document.lines.insert(path, node.Mark().line + 1);
        m_paths += path.size();
        if (depth > MostDepth || ++m_nodes > MostNodes || m_paths > MostPaths)
            return m_document.failure(
                path, QStringLiteral("this is nested too deep, or too large"));
        switch (node.Type()) {
        case YAML::NodeType::Scalar:
            return scalar(node, path);
        case YAML::NodeType::Sequence:
            return sequence(node, path, depth);
        case YAML::NodeType::Map:
            return map(node, path, depth);
        case YAML::NodeType::Null:
        case YAML::NodeType::Undefined:
            break;
        }
        return QJsonValue(QJsonValue::Null);
    }

private:
    Result<QJsonValue> scalar(const YAML::Node &node, const QString &path) const
    {
        static const QRegularExpression Integer(QStringLiteral("^[-+]?[0-9]{1,18}$"));
        static const QRegularExpression Number(
            QStringLiteral("^[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?$"));
        const QString text = QString::fromStdString(node.Scalar());
        if (text.size() > MostText)
            return m_document.failure(path, QStringLiteral("a text is longer than 16 KiB"));
        // yaml-cpp marks what was quoted with "!".
        if (node.Tag() == "!")
            return QJsonValue(text);
        if (text == QLatin1String("true") || text == QLatin1String("false"))
            return QJsonValue(text == QLatin1String("true"));
        if (text == QLatin1String("null") || text == QLatin1String("~") || text.isEmpty())
            return QJsonValue(QJsonValue::Null);
        if (Integer.match(text).hasMatch())
            return QJsonValue(text.toLongLong());
        if (Number.match(text).hasMatch())
            return QJsonValue(text.toDouble());
        return QJsonValue(text);
    }

    Result<QJsonValue> sequence(const YAML::Node &node, const QString &path, int depth)
    {
        QJsonArray array;
        for (const YAML::Node &element : node) {
            auto value = read(element, path + u'/' + QString::number(array.size()), depth + 1);
            if (!value)
                return value;
            array.append(*value);
        }
        return QJsonValue(array);
    }

    Result<QJsonValue> map(const YAML::Node &node, const QString &path, int depth)
    {
        QJsonObject object;
        for (const auto &member : node) {
            if (!member.first.IsScalar())
                return m_document.failure(path, QStringLiteral("a key must be a word"));
            const QString key = QString::fromStdString(member.first.Scalar());
            if (key.size() > MostKey)
                return m_document.failure(path, QStringLiteral("a key is longer than 100 letters"));
            const QString below = path + u'/' + key;
            if (object.contains(key)) {
                m_document.lines.insert(below, member.first.Mark().line + 1);
                return m_document.failure(below, QStringLiteral("%1 is given twice").arg(key));
            }
            auto value = read(member.second, below, depth + 1);
            if (!value)
                return value;
            // Where the key stands: its value may begin lines later.
            m_document.lines.insert(below, member.first.Mark().line + 1);
            object.insert(key, *value);
        }
        return QJsonValue(object);
    }

    Document &m_document;
    int m_nodes = 0;
    qsizetype m_paths = 0;
};

} // namespace

int Document::line(QString path) const
{
    for (;;) {
        if (const auto found = lines.constFind(path); found != lines.constEnd())
            return *found;
        if (path.isEmpty())
            return 1;
        path.truncate(path.lastIndexOf(u'/'));
    }
}

Failure Document::failure(const QString &path, const QString &words) const
{
    return {QStringLiteral("%1:%2: %3").arg(file).arg(line(path)).arg(words)};
}

Result<Document> readYaml(const QByteArray &text, const QString &file)
{
    Document document{file, {}, {}};
    if (text.size() > MostFileBytes)
        return document.failure({}, QStringLiteral("the file is larger than 1 MiB"));
    try {
        const std::vector<YAML::Node> all = YAML::LoadAll(text.toStdString());
        if (all.size() != 1)
            return document.failure({}, QStringLiteral("a file must contain one scenario only"));
        auto root = Reader(document).read(all.front(), {});
        if (!root)
            return root.failure();
        document.root = *root;
    } catch (const YAML::Exception &error) {
        document.lines.insert({}, error.mark.is_null() ? 1 : error.mark.line + 1);
        return document.failure(
            {}, QStringLiteral("this is not YAML: ") + QString::fromStdString(error.msg));
    }
    return document;
}

} // namespace parley::scenario
