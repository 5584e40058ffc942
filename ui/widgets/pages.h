// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <functional>
#include <vector>

class QStackedWidget;

namespace reslens {

class LineTabs;

/// The pages of the window's right side, and their titles in a line above. Alt+1, Alt+2, … turn to them.
class Pages : public QWidget
{
    Q_OBJECT

public:
    explicit Pages(QWidget *parent = nullptr);

    /// `name`: one word for the command line, "network". `tip` says what the page is for. `first` gives what
    /// has the keyboard when the page is turned to. (A focus proxy would keep the Tab key from what comes
    /// before it.)
    void add(QWidget *page, const QString &name, const QString &title, const QString &tip,
             const std::function<QWidget *()> &first = {});
    /// False if there is no such page.
    bool turnTo(const QString &name);
    /// Goes up (-1) or down (+1) by what is seen of a page at a time. False if all of it is seen.
    bool scroll(int by);
    QString current() const;
    QStringList names() const { return m_names; }

signals:
    void turned(const QString &name);

private:
    LineTabs *m_tabs;
    QStackedWidget *m_stack;
    QStringList m_names;
    std::vector<std::function<QWidget *()>> m_first; ///< of each page; empty for the page itself
};

} // namespace reslens
