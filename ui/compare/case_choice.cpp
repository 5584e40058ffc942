// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/case_choice.h"

#include "resources/resources.h"
#include "ui/compare/same_content.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"
#include "ui/widgets/line_tabs.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <algorithm>

namespace reslens {
namespace {

constexpr int PathRole = Qt::UserRole;

QComboBox *addCombo(QHBoxLayout *layout, const QString &letter, const QString &name)
{
    auto *combo = new QComboBox;
    combo->setAccessibleName(name);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(10);
    combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QLabel *label = headingLabel(letter);
    label->setBuddy(combo);
    combo->setToolTip(QStringLiteral("%1 (Alt+%2)").arg(name, letter.last(1)));
    layout->addWidget(label);
    layout->addWidget(combo, 1);
    return combo;
}

QString nameOf(const ModelSummary &model)
{
    return model.embedded ? CaseChoice::tr("Embedded model") : QString::fromStdString(model.info.name);
}

} // namespace

CaseChoice::CaseChoice(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_mode(new LineTabs), m_swap(new QToolButton)
{
    m_mode->addTab(tr("Two pictures"));
    m_mode->addTab(tr("Two models"));
    m_mode->setTabToolTip(Pictures, tr("Two pictures as the same model sees them"));
    m_mode->setTabToolTip(Models, tr("The picture on screen as two models see it"));
    m_mode->setAccessibleName(tr("What is compared"));
    m_swap->setText(QStringLiteral("⇄"));
    m_swap->setAutoRaise(true);
    m_swap->setToolTip(tr("Swap A and B"));
    m_swap->setAccessibleName(m_swap->toolTip());

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(m_mode);
    layout->addSpacing(Grid);
    m_a = addCombo(layout, tr("&A"), tr("A, the first picture or model"));
    layout->addWidget(m_swap);
    m_b = addCombo(layout, tr("&B"), tr("B, the second picture or model"));

    connect(m_mode, &QTabBar::currentChanged, this, &CaseChoice::fill);
    for (QComboBox *combo : {m_a, m_b})
        connect(combo, &QComboBox::activated, this, &CaseChoice::onChosen);
    connect(m_swap, &QToolButton::clicked, this, &CaseChoice::swap);
    connect(&session, &Session::modelChanged, this, &CaseChoice::fill);
    connect(&session, &Session::rowChanged, this, &CaseChoice::fill);
    connect(this, &CaseChoice::changed, m_swap,
            [this] { m_swap->setEnabled(mode() == Pictures && cases()); });
}

void CaseChoice::setMode(Mode mode)
{
    m_mode->setCurrentIndex(mode);
}

CaseChoice::Mode CaseChoice::mode() const
{
    return Mode(m_mode->currentIndex());
}

void CaseChoice::fill()
{
    m_isStale = !isVisible();
    if (m_isStale)
        return;
    m_a->clear();
    m_b->clear();
    if (mode() == Pictures)
        fillPictures();
    else
        fillModels();
    emit changed();
}

void CaseChoice::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        fill();
}

void CaseChoice::fillPictures()
{
    m_pictures.clear();
    for (int row = 0; row < m_session.pictures()->rowCount(); ++row)
        m_pictures.push_back(m_session.pictures()->picture(row));
    const int open = int(m_pictures.size());
    for (const QString &path : samplePictures())
        if (const PictureSource sample = PictureSource::fromFile(path);
            std::ranges::find(m_pictures, sample) == m_pictures.end())
            m_pictures.push_back(sample);
    for (int i = 0; i < int(m_pictures.size()); ++i) {
        const QString &name = m_pictures[std::size_t(i)].name;
        for (QComboBox *combo : {m_a, m_b})
            combo->addItem(i < open ? name : tr("%1 (sample)").arg(name));
    }
    const int current = m_session.currentRow();
    m_a->setCurrentIndex(current);
    // What was chosen for B stays, as long as it is there and another than A.
    const auto chosen = m_chosen ? std::ranges::find(m_pictures, *m_chosen) : m_pictures.end();
    const int row = int(chosen - m_pictures.begin());
    m_b->setCurrentIndex(chosen != m_pictures.end() && row != current ? row : otherThan(current, open));
}

int CaseChoice::otherThan(int row, int openCount) const
{
    const int count = int(m_pictures.size());
    std::vector<int> candidates;
    for (int i = 1; row >= 0 && i < openCount; ++i)
        candidates.push_back((row + i) % openCount);
    for (int i = openCount; i < count; ++i)
        candidates.push_back(i);
    // It is only what is offered first: not worth reading a folder of equal frames.
    constexpr int mostCompared = 16;
    int compared = 0;
    const auto differs = [&](int candidate) {
        return row < 0 || ++compared > mostCompared ||
               !haveSameContent(m_pictures[std::size_t(row)], m_pictures[std::size_t(candidate)]);
    };
    const auto found = std::ranges::find_if(candidates, differs);
    return found != candidates.end() ? *found : candidates.empty() ? -1 : candidates.front();
}

void CaseChoice::fillModels()
{
    const ModelSummaryPtr current = m_session.model();
    if (!current)
        return;
    m_a->addItem(nameOf(*current));
    const auto add = [this](const QString &name, const QString &path) {
        m_b->addItem(name);
        m_b->setItemData(m_b->count() - 1, path, PathRole);
        m_b->setItemData(m_b->count() - 1, path, Qt::ToolTipRole);
    };
    if (!current->embedded)
        add(tr("Embedded model"), QString());
    const QString currentPath = QFileInfo(current->path()).absoluteFilePath();
    QStringList paths = m_recentModels.paths();
    if (!m_model.isEmpty() && !paths.contains(m_model))
        paths.prepend(m_model);
    for (const QString &path : paths)
        if (path != currentPath || current->embedded)
            add(QFileInfo(path).fileName(), path);
    const int chosen = m_model.isEmpty() ? 0 : m_b->findData(m_model, PathRole);
    m_b->setCurrentIndex(m_b->count() > 0 ? std::max(chosen, 0) : -1);
    m_b->setPlaceholderText(tr("Choose a second model"));
    m_b->addItem(themedIcon(QStringLiteral("open")), tr("Open file…"));
    if (m_b->count() == 1)
        m_b->setCurrentIndex(-1);
}

std::optional<std::pair<ComparedCase, ComparedCase>> CaseChoice::cases() const
{
    if (m_a->currentIndex() < 0 || m_b->currentIndex() < 0)
        return {};
    if (mode() == Pictures) {
        const auto picture = [this](const QComboBox *combo) {
            return ComparedCase{m_pictures[std::size_t(combo->currentIndex())], {}};
        };
        return std::pair(picture(m_a), picture(m_b));
    }
    const PictureSource *picture = m_session.currentPicture();
    const QVariant path = m_b->currentData(PathRole);
    if (!picture || !path.isValid())
        return {};
    return std::pair(ComparedCase{*picture, {}}, ComparedCase{*picture, path.toString()});
}

void CaseChoice::onChosen()
{
    if (mode() == Models && !m_b->currentData(PathRole).isValid()) {
        const int before = m_b->findData(m_model, PathRole);
        m_b->setCurrentIndex(m_model.isEmpty() && m_b->count() > 1 ? 0 : before);
        return askForModel();
    }
    if (mode() == Models)
        m_model = m_b->currentData(PathRole).toString();
    else if (m_b->currentIndex() >= 0)
        m_chosen = m_pictures[std::size_t(m_b->currentIndex())];
    emit changed();
}

void CaseChoice::swap()
{
    const int a = m_a->currentIndex();
    m_a->setCurrentIndex(m_b->currentIndex());
    m_b->setCurrentIndex(a);
    onChosen();
}

void CaseChoice::chooseModel(const QString &path)
{
    m_model = path.isEmpty() ? QString() : QFileInfo(path).absoluteFilePath();
    if (mode() == Models)
        fill();
    else
        setMode(Models);
}

void CaseChoice::chooseModels()
{
    setMode(Models);
    if (!m_b->currentData(PathRole).isValid())
        askForModel();
}

void CaseChoice::askForModel()
{
    auto *dialog = new QFileDialog(window(), tr("Open a second Keras weight file"), QDir::homePath(),
                                   tr("Keras weights (*.h5 *.hdf5 *.keras);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CaseChoice::chooseModel);
    dialog->open();
}

} // namespace reslens
