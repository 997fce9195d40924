// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>
#include <QWidget>

#include <memory>

namespace parley::ui {

// Lines over the seconds of a run; the newest ten minutes of them. Follows the palette.
class Chart : public QWidget {
    Q_OBJECT

public:
    static constexpr double MostSeconds = 600;
    enum class Ink { Accent, Store, Deliver, Confirm };
    struct Series {
        QString name;
        Ink ink = Ink::Accent;
        double width = 2; // a wide one shows from behind a narrow one
    };

    Chart(const QString &title, const QList<Series> &, QWidget *parent = nullptr);
    ~Chart() override;

    // One value for each series; `seconds` rises.
    void append(double seconds, const QList<double> &values);
    void clear();
    // How many points each line has.
    int points() const;

protected:
    void changeEvent(QEvent *) override;

private:
    struct Parts;
    void applyColours();
    void fitAxes(double seconds);

    std::unique_ptr<Parts> m_parts;
};

} // namespace parley::ui
