// SPDX-License-Identifier: MIT
#include "ui/look/icons.h"

#include "ui/look/theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace parley::ui {
namespace {

struct Tints {
    QColor normal;
    QColor disabled;
    QColor selected;
    QColor on;
};

// Without a picture of its own a name has that of its first word: "export-svg" that of "export".
QString pathOf(const QString &name)
{
    const auto path = QStringLiteral(":/icons/%1.svg");
    const QString own = path.arg(name);
    return QFile::exists(own) ? own : path.arg(name.section(u'-', 0, 0));
}

class LineIcon : public QIconEngine {
public:
    LineIcon(const QString &name, const Tints &tints)
        : m_name(name)
        , m_tints(tints)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, pixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        const QColor colour = tint(mode, state);
        const QString key = QStringLiteral("parley/%1/%2/%3x%4")
                                .arg(m_name, colour.name(QColor::HexArgb))
                                .arg(size.width())
                                .arg(size.height());
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = draw(size, colour);
            QPixmapCache::insert(key, pixmap);
        }
        return pixmap;
    }

    QPixmap scaledPixmap(
        const QSize &size, QIcon::Mode mode, QIcon::State state, qreal /*scale*/) override
    {
        return pixmap(size, mode, state);
    }

    bool isNull() override { return !QFile::exists(pathOf(m_name)); }
    QString key() const override { return QStringLiteral("parley"); }
    QIconEngine *clone() const override { return new LineIcon(*this); }

private:
    QColor tint(QIcon::Mode mode, QIcon::State state) const
    {
        if (mode == QIcon::Disabled)
            return m_tints.disabled;
        if (mode == QIcon::Selected)
            return m_tints.selected;
        return state == QIcon::On ? m_tints.on : m_tints.normal;
    }

    QPixmap draw(const QSize &size, const QColor &colour) const
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QFile file(pathOf(m_name));
        if (!file.open(QIODevice::ReadOnly))
            return pixmap;
        // All of them are drawn in black.
        QSvgRenderer renderer(file.readAll().replace("#000", colour.name().toLatin1()));
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(QPointF(), size));
        return pixmap;
    }

    const QString m_name;
    const Tints m_tints;
};

} // namespace

QIcon icon(const QString &name, const QPalette &palette)
{
    const QColor text = palette.color(QPalette::Active, QPalette::ButtonText);
    const QColor accent = coloursOf(palette).accent;
    const QColor disabled = palette.color(QPalette::Disabled, QPalette::ButtonText);
    const QColor selected = palette.color(QPalette::Active, QPalette::HighlightedText);
    return QIcon(new LineIcon(name, {text, disabled, selected, accent}));
}

QIcon icon(const QString &name, const QColor &colour)
{
    return QIcon(new LineIcon(name, {colour, colour, colour, colour}));
}

QIcon applicationIcon()
{
    return QIcon(pathOf(QStringLiteral("parley")));
}

void dress(QWidget *window)
{
    const auto dressOne = [&](auto *object) {
        if (const QString name = object->property(IconName).toString(); !name.isEmpty())
            object->setIcon(icon(name, window->palette()));
    };
    for (QAction *action : window->findChildren<QAction *>())
        dressOne(action);
    for (QAbstractButton *button : window->findChildren<QAbstractButton *>())
        dressOne(button);
}

} // namespace parley::ui
