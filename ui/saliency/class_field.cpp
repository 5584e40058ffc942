// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/class_field.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHash>
#include <QKeyEvent>
#include <QStringListModel>
#include <QToolTip>
#include <algorithm>

namespace reslens {

std::optional<int> classMeant(const QString &text, const QStringList &names)
{
    const QString wanted = text.trimmed();
    if (wanted.isEmpty())
        return {};
    bool isNumber = false;
    const int number = wanted.toInt(&isNumber);
    if (isNumber)
        return number >= 0 && number < names.size() ? std::optional(number) : std::nullopt;
    const auto place = [&](const auto &fits) -> std::optional<int> {
        const auto found = std::ranges::find_if(names, fits);
        return found == names.end() ? std::nullopt : std::optional(int(found - names.begin()));
    };
    const auto same =
        place([&](const QString &name) { return name.compare(wanted, Qt::CaseInsensitive) == 0; });
    return same ? same
                : place([&](const QString &name) { return name.contains(wanted, Qt::CaseInsensitive); });
}

QStringList classNames(const ModelSummary &model)
{
    QStringList names;
    QHash<QString, int> counts;
    for (const ClassLabel &label : model.info.classes) {
        names << readableName(label.name);
        ++counts[names.last()];
    }
    for (int i = 0; i < names.size(); ++i)
        if (counts[names[i]] > 1)
            names[i] += QStringLiteral(" (%1)").arg(i);
    return names;
}

ClassField::ClassField(QWidget *parent) : QLineEdit(parent), m_completer(new QCompleter(this))
{
    m_completer->setModel(new QStringListModel(m_completer));
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    setCompleter(m_completer);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QLineEdit::editingFinished, this, [this] { take(text()); });
    // The popup's choice counts at once; the line's own text follows it later.
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &ClassField::take);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &now) {
        if (now.isEmpty() && m_choice && isClearButtonEnabled())
            take(now);
    });
}

QSize ClassField::sizeHint() const
{
    return {16 * Grid, QLineEdit::sizeHint().height()};
}

QSize ClassField::minimumSizeHint() const
{
    return {9 * Grid, QLineEdit::minimumSizeHint().height()};
}

void ClassField::setNames(const QStringList &names)
{
    if (names == m_names)
        return;
    m_names = names;
    static_cast<QStringListModel *>(m_completer->model())->setStringList(names);
    m_choice.reset();
    showChoice();
}

void ClassField::setChoice(const std::optional<int> &classIndex)
{
    if (classIndex == m_choice)
        return;
    m_choice = classIndex;
    showChoice();
}

void ClassField::showChoice()
{
    setText(m_choice && *m_choice < m_names.size() ? m_names[*m_choice] : QString());
    setCursorPosition(0);
}

void ClassField::take(const QString &text)
{
    const std::optional<int> before = m_choice;
    const std::optional<int> meant = classMeant(text, m_names);
    const bool clears = text.isEmpty() && isClearButtonEnabled();
    if (meant || clears)
        m_choice = meant;
    // A line that was emptied to type something else into it must stay empty.
    if (!clears)
        showChoice();
    if (m_choice == before)
        return;
    if (m_choice)
        emit chosen(*m_choice);
    else
        emit cleared();
}

void ClassField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && isModified()) {
        m_completer->popup()->hide();
        return showChoice();
    }
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const QString typed = text();
    QLineEdit::keyPressEvent(event);
    if (!enters)
        return;
    if (typed.isEmpty() || classMeant(typed, m_names))
        // The keys are the window's again.
        clearFocus();
    else
        QToolTip::showText(mapToGlobal(QPoint(0, height())),
                           tr("None of the %1 classes is called “%2”.").arg(m_names.size()).arg(typed), this);
}

void ClassField::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        selectAll();
}

} // namespace reslens
