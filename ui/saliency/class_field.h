// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QLineEdit>
#include <optional>

class QAbstractItemModel;
class QCompleter;

namespace reslens {

/// The classes whose name contains the text: first those whose name starts with it, then those with a word
/// that does, then the others; among these the more probable ones first. `names` as from classNames(),
/// `probabilities` of all classes or empty.
std::vector<int> classesNamed(const QString &text, const QStringList &names,
                              const std::vector<float> &probabilities);

/// The number of the class that a typed text means: its number, its name, or else the first of
/// classesNamed().
std::optional<int> classMeant(const QString &text, const QStringList &names,
                              const std::vector<float> &probabilities = {});

/// Names of all classes as people write them, by index; those that several classes share with their number:
/// "crane (134)".
QStringList classNames(const ModelSummary &model);

/// A line to type a class into, with all names that contain what is typed; ↓, or a click while it is empty,
/// offers all classes. What is no class is marked as long
/// as one stays in the line; Esc, or leaving it, brings back what was there.
class ClassField : public QLineEdit
{
    Q_OBJECT

public:
    explicit ClassField(QWidget *parent = nullptr);

    /// As from classNames().
    void setNames(const QStringList &names);
    /// Of all classes, by which the names are ordered.
    void setProbabilities(const std::vector<float> &probabilities);
    /// What the field shows; nothing leaves it empty.
    void setChoice(const std::optional<int> &classIndex);
    /// What is typed has been entered and is no class.
    bool isWrong() const { return m_wrong; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void chosen(int classIndex);
    /// The field was emptied.
    void cleared();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void take(const QString &text);
    void showChoice();
    void setWrong(bool wrong);
    void offer(const QString &text);
    void offerAll();

    QStringList m_names;
    std::vector<float> m_probabilities;
    QCompleter *m_completer;
    std::optional<int> m_choice;
    bool m_wrong = false;
    QString m_tip; ///< while m_wrong takes its place
};

} // namespace reslens
