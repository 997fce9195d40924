// SPDX-License-Identifier: MIT
// What views of a diagram stand on: rows, geometry, and the texts that it is exported to.
#include "gui/diagram/conversation.h"

#include "diagram/export.h"
#include "diagram/layout.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace parley;
using namespace parley::diagram;
using namespace parley::test;

class DiagramExportsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsFollowTheDiagram();
    void rowsStandStillWhileHeld();
    void layoutGivesEveryRowItsPlace();
    void layoutHasRoomOrTakesIt();
    void layoutCostsTheSameForAnyNumberOfRows();
    void svgIsWellFormed();
    void svgHidesWhatIsHidden();
    void mermaidSaysTheFlow();
    void plantUmlSaysTheFlow();
    void hostileTextsStayTexts();
};

namespace {

Arrow arrowAt(qint64 us, Kind kind = Kind::Command)
{
    Arrow arrow;
    arrow.atUs = us;
    arrow.kind = kind;
    arrow.label = QString::number(us);
    arrow.from = lineOfPane(0);
    return arrow;
}

// Keeps rows up to date as a view does.
void follow(const Diagram &diagram, Rows &rows, QObject *context)
{
    QObject::connect(&diagram, &Diagram::arrowAdded, context, [&](auto i) { rows.added(i); });
    QObject::connect(&diagram, &Diagram::arrowsDropped, context, [&](auto n) { rows.dropped(n); });
    QObject::connect(&diagram, &Diagram::cleared, context, [&] { rows.reset(); });
}

QStringList labels(const Rows &rows)
{
    QStringList out;
    for (qsizetype row = 0; row < rows.size(); ++row)
        out.append(rows.at(row).label);
    return out;
}

QStringList labels(const Diagram &diagram, const Shown &shown)
{
    Rows fresh(diagram);
    fresh.setShown(shown);
    return labels(fresh);
}

} // namespace

void DiagramExportsTest::rowsFollowTheDiagram()
{
    Diagram diagram;
    Rows rows(diagram);
    rows.setShown({.answers = false});
    follow(diagram, rows, this);
    for (int i = 0; i < 25'000; ++i) {
        // Every fifth is late, every third hidden.
        const qint64 at = 1000 * i - (i % 5 == 0 ? 3500 : 0);
        diagram.add(arrowAt(at, i % 3 == 0 ? Kind::Answer : Kind::Command));
    }
    QVERIFY(rows.size() < diagram.size());
    QCOMPARE(labels(rows), labels(diagram, {.answers = false}));
    for (qsizetype row = 0; row < rows.size(); row += 997)
        QCOMPARE(rows.rowOf(rows.indexAt(row)), row);
    for (qsizetype i = 0; i < diagram.size(); i += 101)
        QCOMPARE(rows.rowOf(i) >= 0, diagram.at(i).kind != Kind::Answer);
    diagram.clear();
    QCOMPARE(rows.size(), 0);
    diagram.disconnect(this);
}

void DiagramExportsTest::rowsStandStillWhileHeld()
{
    Diagram diagram;
    Rows rows(diagram);
    follow(diagram, rows, this);
    diagram.add(arrowAt(1000));
    diagram.add(arrowAt(5000));
    rows.setHeld(true);
    diagram.add(arrowAt(9000));
    QCOMPARE(labels(rows).join(u' '), QStringLiteral("1000 5000"));
    // Known late, about the time before.
    diagram.add(arrowAt(3000));
    QCOMPARE(labels(rows).join(u' '), QStringLiteral("1000 3000 5000"));
    rows.setShown({.answers = false});
    QCOMPARE(rows.size(), 3);
    rows.setHeld(false);
    QCOMPARE(labels(rows).join(u' '), QStringLiteral("1000 3000 5000 9000"));
    rows.setHeld(true);
    diagram.clear();
    diagram.add(arrowAt(1));
    QCOMPARE(rows.size(), 0);
    rows.setHeld(false);
    QCOMPARE(rows.size(), 1);
    diagram.disconnect(this);
}

void DiagramExportsTest::layoutGivesEveryRowItsPlace()
{
    for (const double zoom : {0.5, 1.0, 2.0}) {
        const Layout layout(Metrics(), 4, 100, 0, zoom);
        for (qsizetype row = 0; row < 100; ++row) {
            QCOMPARE(layout.rowAt(layout.topOf(row)), row);
            QCOMPARE(layout.rowAt(layout.lineOf(row)), row);
        }
        QCOMPARE(layout.rowAt(-1), -1);
        QCOMPARE(layout.rowAt(layout.topOf(100)), -1);
        const auto range = layout.rowsBetween(layout.lineOf(10), layout.lineOf(20));
        QCOMPARE(range.first, 10);
        QCOMPARE(range.last, 20);
        const auto none = Layout(Metrics(), 4, 0).rowsBetween(0, 500);
        QVERIFY(none.last < none.first);
        QVERIFY(layout.rowsHeight() > layout.topOf(100));
    }
}

void DiagramExportsTest::layoutHasRoomOrTakesIt()
{
    const Metrics metrics;
    const Layout narrow(metrics, 4, 1, 100);
    QCOMPARE(narrow.gap(), metrics.gap);
    const Layout wide(metrics, 4, 1, 100'000);
    QCOMPARE(wide.gap(), metrics.widestGap);
    const double room = narrow.width() + 99;
    QCOMPARE(Layout(metrics, 4, 1, room).width(), room);
    QVERIFY(narrow.xOf(0) > narrow.timeWidth());
    QCOMPARE(narrow.xOf(3) - narrow.xOf(2), narrow.gap());
    QCOMPARE(Layout(metrics, 4, 1, 0, 2).width(), 2 * narrow.width());
}

void DiagramExportsTest::layoutCostsTheSameForAnyNumberOfRows()
{
    const Layout huge(Metrics(), 4, 1'000'000'000);
    QCOMPARE(huge.rowAt(huge.lineOf(999'999'999)), 999'999'999);
    const auto range = huge.rowsBetween(huge.topOf(500'000'000), huge.topOf(500'000'010));
    QCOMPARE(range.last - range.first, 10);
}

void DiagramExportsTest::svgIsWellFormed()
{
    Conversation talk;
    talk.sent(0, SendHello);
    talk.received(0, SentHello);
    talk.ended(0, 1000, {});
    QXmlStreamReader reader(toSvg(talk.diagram));
    int lines = 0;
    int dashed = 0;
    int texts = 0;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        lines += reader.name() == u"line";
        texts += reader.name() == u"text";
        dashed += reader.attributes().hasAttribute(QStringLiteral("stroke-dasharray"));
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    // Four lifelines; SEND, INSERT and SENT, connect; an end without an opening is a refusal.
    QCOMPARE(lines, 4 + 4);
    QCOMPARE(dashed, 1);
    QCOMPARE(texts, 4 + 5 * 2);
}

void DiagramExportsTest::svgHidesWhatIsHidden()
{
    Conversation talk;
    talk.sent(0, SendHello);
    talk.received(0, SentHello);
    QVERIFY(toSvg(talk.diagram).contains("SENT #9"));
    QVERIFY(!toSvg(talk.diagram, {}, {.answers = false}).contains("SENT #9"));
    QVERIFY(!toMermaid(talk.diagram, {.answers = false}).contains("SENT"));
    QVERIFY(!toPlantUml(talk.diagram, {.answers = false}).contains("SENT"));
}

void DiagramExportsTest::mermaidSaysTheFlow()
{
    Conversation talk;
    talk.sent(0, SendHello);
    talk.received(0, SentHello);
    QCOMPARE(toMermaid(talk.diagram).constData(),
        "sequenceDiagram\n"
        "    participant C1 as ClientA\n"
        "    participant S as Server\n"
        "    participant D as Database\n"
        "    participant C2 as ClientB\n"
        "    C1->>S: SEND → user 2\n"
        "    S-->>D: INSERT unread #35;9\n"
        "    S->>C1: SENT #35;9\n");
}

void DiagramExportsTest::plantUmlSaysTheFlow()
{
    Conversation talk;
    talk.sent(0, SendHello);
    talk.received(0, SentHello);
    QCOMPARE(toPlantUml(talk.diagram).constData(),
        "@startuml\n"
        "hide footbox\n"
        "participant \"ClientA\" as C1\n"
        "participant \"Server\" as S\n"
        "database \"Database\" as D\n"
        "participant \"ClientB\" as C2\n"
        "C1 -> S : SEND → user 2\n"
        "S --> D : INSERT unread <U+0023>9\n"
        "S -> C1 : SENT <U+0023>9\n"
        "@enduml\n");
}

void DiagramExportsTest::hostileTextsStayTexts()
{
    Conversation talk;
    talk.diagram.setPane(0, QStringLiteral("end\"<x>\n@enduml"));
    talk.sent(0, "{\"cmd\":\"<script>;end\\n@enduml\"}");
    talk.sent(0, "{\"cmd\":\"\\\"&]]>%%{init: }%%\"}");
    talk.sent(0, "{\"cmd\":\"\\ud83d\\ude00\\u202e\\ufffe\\u2028A->>B: x\"}");
    Arrow raw = arrowAt(1);
    raw.label = QStringLiteral("lone \xd800 control \x0001 \n C1->>S: forged");
    talk.diagram.add(raw);

    const QByteArray svg = toSvg(talk.diagram);
    QXmlStreamReader reader(svg);
    while (!reader.atEnd())
        reader.readNext();
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(!svg.contains("<script"));

    const QByteArray mermaid = toMermaid(talk.diagram);
    QCOMPARE(mermaid.count('\n'), 1 + 4 + 4);
    for (const char *bad : {"<", "%", "\"", "{", " end", "A->>B", "C1->>S: forged"})
        QVERIFY2(!mermaid.contains(bad), bad);
    const QByteArray plantUml = toPlantUml(talk.diagram);
    QCOMPARE(plantUml.count('\n'), 3 + 4 + 4);
    QCOMPARE(plantUml.count("@enduml"), 1);
    QCOMPARE(plantUml.count('"'), 8);
    for (const char *bad : {"<s", "%", "{", "->>"})
        QVERIFY2(!plantUml.contains(bad), bad);
}

QTEST_GUILESS_MAIN(DiagramExportsTest)
#include "exports.moc"
