// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace reslens {

/// A tooltip's text as it is to be shown: Qt wraps lines only in rich text, so one with long lines becomes
/// that. Short ones and rich text stay as they are.
QString wrappedTip(const QString &text);

/// Set to true on a widget that puts its tooltip together itself, by wrappedTip().
inline constexpr char ComposesTip[] = "composesTip";

/// Shows the tooltips of all widgets wrapped. Their own text stays plain, for who has it read aloud.
class TipWrapper : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace reslens
