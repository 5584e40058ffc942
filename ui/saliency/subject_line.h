// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/explainer.h"

#include <QWidget>

namespace reslens {

class ClassField;

/// "Why [espresso] and not [another class]": which class's logit is explained, or the difference of two.
class SubjectLine : public QWidget
{
    Q_OBJECT

public:
    explicit SubjectLine(Explainer &explainer, QWidget *parent = nullptr);

private:
    void refresh();

    Explainer &m_explainer;
    ModelSummaryPtr m_model; ///< whose classes the fields know
    ClassField *m_class;
    ClassField *m_versus;
};

} // namespace reslens
