// SPDX-License-Identifier: MIT
#include "scenario/report/scenarioresult.h"

#include <QDateTime>
#include <QFileInfo>
#include <QRegularExpression>
#include <QXmlStreamWriter>

namespace parley::scenario {
namespace {

QString seconds(qint64 us)
{
    return QString::number(double(us) / 1e6, 'f', 3);
}

// The bounds of a long output are CI's.
constexpr qsizetype MostLogChars = 20'000;

class JUnit {
public:
    explicit JUnit(QByteArray &out)
        : m_xml(&out)
    {
        m_xml.setAutoFormatting(true);
    }

    void write(const std::vector<ScenarioResult> &results)
    {
        m_xml.writeStartDocument();
        m_xml.writeStartElement(QStringLiteral("testsuites"));
        m_xml.writeAttribute(QStringLiteral("name"), QStringLiteral("parley scenarios"));
        for (const ScenarioResult &result : results)
            suite(result);
        m_xml.writeEndElement();
        m_xml.writeEndDocument();
    }

private:
    using Status = StepResult::Status;

    void suite(const ScenarioResult &result)
    {
        const Verdict &verdict = result.verdict;
        const auto count = [&](Status status) {
            return std::ranges::count_if(
                verdict.steps, [status](const StepResult &step) { return step.status == status; });
        };
        // Not every failure is a step's; each scenario has a case for itself.
        const bool ownFailure = verdict.failedStep() < 0 && !verdict.passed()
            && verdict.status != Verdict::Status::Skipped;
        const bool ownSkip = verdict.status == Verdict::Status::Skipped;
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(verdict.startedAtUs / 1000, Qt::UTC);
        m_xml.writeStartElement(QStringLiteral("testsuite"));
        attribute("name", result.scenario.name);
        attribute("file", result.scenario.file);
        attribute("timestamp", at.toString(Qt::ISODate).chopped(1));
        attribute("time", seconds(verdict.tookUs));
        attribute("tests", QString::number(verdict.steps.size() + 1));
        attribute("failures", QString::number(count(Status::Failed) + (ownFailure ? 1 : 0)));
        attribute("errors", QStringLiteral("0"));
        attribute("skipped", QString::number(count(Status::NotRun) + (ownSkip ? 1 : 0)));
        const int width = int(QString::number(verdict.steps.size()).size());
        for (size_t i = 0; i < verdict.steps.size(); ++i)
            step(result, i, width);
        whole(result, ownFailure);
        if (!result.serverLog.isEmpty() && !verdict.passed())
            m_xml.writeTextElement(QStringLiteral("system-err"),
                presentable(QString::fromUtf8(result.serverLog).right(MostLogChars)));
        m_xml.writeEndElement();
    }

    void step(const ScenarioResult &result, size_t index, int width)
    {
        const Step &step = result.scenario.steps[index];
        const StepResult &ofStep = result.verdict.steps[index];
        begin(result,
            QString::number(index + 1).rightJustified(width, u'0') + u' ' + describe(step),
            ofStep.tookUs);
        attribute("line", QString::number(step.line));
        if (ofStep.status == Status::Failed) {
            m_xml.writeStartElement(QStringLiteral("failure"));
            attribute("message", ofStep.outcome.text);
            m_xml.writeCharacters(presentable(result.verdict.failure));
            m_xml.writeEndElement();
        } else if (ofStep.status == Status::NotRun) {
            m_xml.writeEmptyElement(QStringLiteral("skipped"));
        }
        m_xml.writeEndElement();
    }

    void whole(const ScenarioResult &result, bool failed)
    {
        begin(result, QStringLiteral("nothing lost, duplicated or out of order"), 0);
        if (failed) {
            m_xml.writeStartElement(QStringLiteral("failure"));
            attribute("message", result.verdict.failure);
            m_xml.writeCharacters(
                presentable(result.findings.join(u'\n') + u'\n' + result.verdict.failure));
            m_xml.writeEndElement();
        } else if (result.verdict.status == Verdict::Status::Skipped) {
            m_xml.writeStartElement(QStringLiteral("skipped"));
            attribute("message", result.verdict.failure);
            m_xml.writeEndElement();
        }
        m_xml.writeEndElement();
    }

    void begin(const ScenarioResult &result, const QString &name, qint64 us)
    {
        m_xml.writeStartElement(QStringLiteral("testcase"));
        attribute("classname",
            QStringLiteral("scenarios.") + QFileInfo(result.scenario.file).completeBaseName());
        attribute("name", name);
        attribute("time", seconds(us));
    }

    void attribute(const char *name, const QString &value)
    {
        m_xml.writeAttribute(QString::fromLatin1(name), presentable(value));
    }

    QXmlStreamWriter m_xml;
};

} // namespace

QString presentable(const QString &text)
{
    // Of a URL, of a login's answer, and by its own form.
    static const QRegularExpression Session(
        QStringLiteral("(session(?:=|\\\\?\"\\s*:\\s*\\\\?\"))[A-Za-z0-9_-]+"));
    static const QRegularExpression Login(QStringLiteral("p1_[A-Za-z0-9_-]{20,}"));
    QString clean = text;
    clean.replace(Session, QStringLiteral("\\1…"));
    clean.replace(Login, QStringLiteral("p1_…"));
    for (QChar &c : clean) {
        const char16_t code = c.unicode();
        const bool isControl = code < 0x20 && code != u'\t' && code != u'\n' && code != u'\r';
        if (isControl || code == 0xFFFE || code == 0xFFFF)
            c = QChar::ReplacementCharacter;
    }
    // Halves of pairs, which UTF-8 cannot hold, become replacement characters.
    return QString::fromUtf8(clean.toUtf8());
}

QString durationText(qint64 us)
{
    if (us < 1000)
        return QStringLiteral("< 1 ms");
    if (us < 1'000'000)
        return QStringLiteral("%1 ms").arg(us / 1000);
    return QStringLiteral("%1 s").arg(double(us) / 1e6, 0, 'f', 1);
}

QByteArray toJUnit(const std::vector<ScenarioResult> &results)
{
    QByteArray out;
    JUnit(out).write(results);
    return out;
}

} // namespace parley::scenario
