// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QLineEdit>
#include <optional>

class QAbstractItemModel;
class QCompleter;

namespace reslens {

/// The number of the class that a typed text means: its number, its name, or else the first whose name
/// contains the text. `names` as from classNames().
std::optional<int> classMeant(const QString &text, const QStringList &names);

/// Names of all classes as people write them, by index; those that several classes share with their number:
/// "crane (134)".
QStringList classNames(const ModelSummary &model);

/// A line to type a class into, with all names that contain what is typed. What is no class goes back to what
/// was there; Esc does that, too.
class ClassField : public QLineEdit
{
    Q_OBJECT

public:
    explicit ClassField(QWidget *parent = nullptr);

    /// As from classNames().
    void setNames(const QStringList &names);
    /// What the field shows; nothing leaves it empty.
    void setChoice(const std::optional<int> &classIndex);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void chosen(int classIndex);
    /// The field was emptied.
    void cleared();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void take(const QString &text);
    void showChoice();

    QStringList m_names;
    QCompleter *m_completer;
    std::optional<int> m_choice;
};

} // namespace reslens
