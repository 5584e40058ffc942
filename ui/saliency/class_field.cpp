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
#include <tuple>

namespace reslens {

namespace {

/// 0: the name starts with the text, 1: a word in it does, 2: it contains it, 3: it does not.
int rankOf(const QString &name, const QString &text)
{
    int rank = 3;
    for (qsizetype at = name.indexOf(text, 0, Qt::CaseInsensitive); at >= 0;
         at = name.indexOf(text, at + 1, Qt::CaseInsensitive))
        rank = std::min(rank, at == 0 ? 0 : name[at - 1].isLetterOrNumber() ? 2 : 1);
    return rank;
}

} // namespace

std::vector<int> classesNamed(const QString &text, const QStringList &names,
                              const std::vector<float> &probabilities)
{
    std::vector<std::tuple<int, float, int>> found; // rank, negative probability, class
    for (int i = 0; i < names.size(); ++i)
        if (const int rank = rankOf(names[i], text.trimmed()); rank < 3)
            found.emplace_back(rank, probabilities.empty() ? 0.0F : -probabilities[std::size_t(i)], i);
    std::ranges::sort(found);
    std::vector<int> classes;
    for (const auto &[rank, improbability, classIndex] : found)
        classes.push_back(classIndex);
    return classes;
}

std::optional<int> classMeant(const QString &text, const QStringList &names,
                              const std::vector<float> &probabilities)
{
    const QString wanted = text.trimmed();
    if (wanted.isEmpty())
        return {};
    bool isNumber = false;
    const int number = wanted.toInt(&isNumber);
    if (isNumber)
        return number >= 0 && number < names.size() ? std::optional(number) : std::nullopt;
    const std::vector<int> found = classesNamed(wanted, names, probabilities);
    const auto same = std::ranges::find_if(
        found, [&](int i) { return names[i].compare(wanted, Qt::CaseInsensitive) == 0; });
    return same != found.end() ? std::optional(*same)
           : !found.empty()    ? std::optional(found.front())
                               : std::nullopt;
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
    connect(this, &QLineEdit::textEdited, this, &ClassField::offer);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &now) {
        setWrong(false);
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
    m_probabilities.clear();
    m_choice.reset();
    showChoice();
}

void ClassField::setProbabilities(const std::vector<float> &probabilities)
{
    m_probabilities = probabilities;
}

void ClassField::offer(const QString &text)
{
    QStringList offered;
    for (const int classIndex : classesNamed(text, m_names, m_probabilities))
        offered << m_names[classIndex];
    static_cast<QStringListModel *>(m_completer->model())->setStringList(offered);
}

void ClassField::offerAll()
{
    offer({});
    m_completer->setCompletionPrefix({});
    m_completer->complete();
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
    setWrong(false);
}

void ClassField::setWrong(bool wrong)
{
    if (m_wrong == wrong)
        return;
    m_wrong = wrong;
    if (wrong)
        m_tip = toolTip();
    setToolTip(wrong ? tr("No class has this name") : m_tip);
    setAccessibleDescription(wrong ? toolTip() : QString());
    markWrong(*this, wrong);
    if (wrong)
        QToolTip::showText(mapToGlobal(QPoint(0, height())), toolTip(), this);
    else
        QToolTip::hideText();
}

void ClassField::take(const QString &text)
{
    const std::optional<int> before = m_choice;
    const std::optional<int> meant = classMeant(text, m_names, m_probabilities);
    const bool clears = text.isEmpty() && isClearButtonEnabled();
    if (!meant && !text.isEmpty() && hasFocus())
        return setWrong(true);
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
    if (event->key() == Qt::Key_Down && !m_completer->popup()->isVisible())
        return offerAll();
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    QLineEdit::keyPressEvent(event);
    // The keys are the window's again.
    if (enters && !m_wrong)
        clearFocus();
}

void ClassField::mouseReleaseEvent(QMouseEvent *event)
{
    QLineEdit::mouseReleaseEvent(event);
    if (text().isEmpty())
        offerAll();
}

void ClassField::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        selectAll();
}

} // namespace reslens
