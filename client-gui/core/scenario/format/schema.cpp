// SPDX-License-Identifier: MIT
// The only source that knows valijson.
#include "scenario/format/document.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace parley::scenario {
namespace {

// valijson has ["<root>", "[steps]", "[0]"].
QString pathOf(const std::vector<std::string> &context)
{
    QString path;
    for (size_t i = 1; i < context.size(); ++i) {
        const QString part = QString::fromStdString(context[i]);
        path += u'/' + part.mid(1, part.size() - 2);
    }
    return path;
}

QString quoted(const QString &description)
{
    const qsizetype end = description.lastIndexOf(u'\'');
    const qsizetype begin = description.lastIndexOf(u'\'', end - 1);
    return begin < 0 ? QString() : description.mid(begin + 1, end - begin - 1);
}

QString words(const QString &path, const QString &description)
{
    const QString last = path.section(u'/', -1);
    const bool isNumber = !last.isEmpty() && last[0].isDigit();
    const QString name = path.isEmpty() ? QStringLiteral("the scenario")
        : isNumber                      ? QStringLiteral("this")
                                        : last;
    if (description.startsWith(QLatin1String("Missing required")))
        return QStringLiteral("%1 needs `%2`").arg(name, quoted(description));
    if (description.startsWith(QLatin1String("Object contains a property")))
        return isNumber && path.contains(QLatin1String("steps"))
            ? QStringLiteral("there is no step `%1`").arg(quoted(description))
            : QStringLiteral("%1 has no field `%2`").arg(name, quoted(description));
    if (description.startsWith(QLatin1String("Value type not permitted")))
        return QStringLiteral("%1 is of the wrong type").arg(name);
    if (description.startsWith(QLatin1String("Failed to match against any enum")))
        return QStringLiteral("%1 is not one of the allowed values").arg(name);
    if (description.startsWith(QLatin1String("Failed to match regex")))
        return QStringLiteral("%1 does not have the required form").arg(name);
    return QStringLiteral("%1: %2").arg(name, description);
}

} // namespace

Done checkSchema(const Document &document, const QByteArray &schemaText)
{
    const QJsonDocument json = QJsonDocument::fromJson(schemaText);
    if (!json.isObject())
        return Failure{QStringLiteral("the schema is not JSON")};
    valijson::Schema schema;
    const QJsonValue schemaValue(json.object());
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::QtJsonAdapter(schemaValue), schema);
    valijson::ValidationResults results;
    valijson::Validator validator;
    if (validator.validate(schema, valijson::adapters::QtJsonAdapter(document.root), &results))
        return done();
    // The deepest is what is meant; those above only say that something below is wrong.
    const valijson::ValidationResults::Error *deepest = nullptr;
    for (const auto &error : results) {
        if (!deepest || error.context.size() > deepest->context.size())
            deepest = &error;
    }
    if (!deepest)
        return document.failure({}, QStringLiteral("this is not a scenario"));
    const QString path = pathOf(deepest->context);
    const QString description = QString::fromStdString(deepest->description);
    const bool isUnknown = description.startsWith(QLatin1String("Object contains a property"));
    return document.failure(
        isUnknown ? path + u'/' + quoted(description) : path, words(path, description));
}

} // namespace parley::scenario
