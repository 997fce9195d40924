// SPDX-License-Identifier: MIT
#include "ui/window/aboutdialog.h"

#include "protocol/replies.h"
#include "ui/look/icons.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

namespace parley::ui {

QString AboutDialog::versions()
{
    return tr("Parley %1\nProtocol %2\nQt %3 (built with %4)\n%5, %6")
        .arg(QStringLiteral(PARLEY_VERSION))
        .arg(protocol::Version)
        .arg(QString::fromLatin1(qVersion()), QStringLiteral(QT_VERSION_STR),
            QSysInfo::prettyProductName(), QSysInfo::buildCpuArchitecture());
}

AboutDialog::AboutDialog(QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Parley"));
    const int size = fontMetrics().height() * 4;
    auto *picture = new QLabel;
    picture->setPixmap(applicationIcon().pixmap(QSize(size, size), devicePixelRatioF()));
    auto *name = new QLabel(tr("Parley Workbench"));
    QFont font = name->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    font.setWeight(QFont::DemiBold);
    name->setFont(font);
    auto *what =
        new QLabel(tr("Plays clients, shows every step of a message, injects faults, and checks "
                      "that nothing is lost.\nFree software under the MIT license."));
    auto *text = new QLabel(versions());
    text->setTextFormat(Qt::PlainText);
    text->setForegroundRole(QPalette::PlaceholderText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton *copy = buttons->addButton(tr("Co&py versions"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this,
        [] { QGuiApplication::clipboard()->setText(versions()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *words = new QVBoxLayout;
    words->setSpacing(8);
    for (QLabel *label : {name, what, text})
        words->addWidget(label);
    auto *row = new QHBoxLayout;
    row->setSpacing(20);
    row->addWidget(picture, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(20);
    column->addLayout(row);
    column->addWidget(buttons);
}

} // namespace parley::ui
