// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/subject_line.h"

#include "ui/saliency/class_field.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"

#include <QHBoxLayout>
#include <QLabel>

namespace reslens {

SubjectLine::SubjectLine(Explainer &explainer, QWidget *parent)
    : QWidget(parent), m_explainer(explainer), m_class(new ClassField), m_versus(new ClassField)
{
    m_class->setAccessibleName(tr("The class that is explained"));
    m_class->setToolTip(tr("The class that is explained: type a part of its name, or its number"));
    m_versus->setAccessibleName(tr("The class it is compared with"));
    m_versus->setPlaceholderText(tr("another class"));
    m_versus->setToolTip(tr("Explain why the first class and not this one: the difference of their logits. "
                            "Empty: the first class alone."));
    m_versus->setClearButtonEnabled(true);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(quietLabel(tr("why")));
    // It is seldom empty, the other nearly always.
    layout->addWidget(m_class, 4);
    layout->addWidget(quietLabel(tr("and not")));
    layout->addWidget(m_versus, 3);

    const auto choose = [this](const Subject &subject) { m_explainer.chooseSubject(subject); };
    connect(m_class, &ClassField::chosen, this, [this, choose](int index) {
        choose({index, m_explainer.subject().versus});
    });
    connect(m_versus, &ClassField::chosen, this, [this, choose](int index) {
        choose({m_explainer.subject().classIndex, index});
    });
    connect(m_versus, &ClassField::cleared, this, [this, choose] {
        choose({m_explainer.subject().classIndex, {}});
    });
    connect(&explainer, &Explainer::changed, this, &SubjectLine::refresh);
    refresh();
}

void SubjectLine::refresh()
{
    const AnswerPtr answer = m_explainer.answer();
    // While the next answer is on its way, the fields stay as they are.
    setEnabled(answer && answer->model->hasTop());
    if (!isEnabled())
        return;
    if (answer->model != m_model) {
        m_model = answer->model;
        const QStringList names = classNames(*m_model);
        m_class->setNames(names);
        m_versus->setNames(names);
    }
    for (ClassField *field : {m_class, m_versus})
        field->setProbabilities(answer->probabilities);
    m_class->setChoice(m_explainer.subject().classIndex);
    m_versus->setChoice(m_explainer.subject().versus);
}

} // namespace reslens
