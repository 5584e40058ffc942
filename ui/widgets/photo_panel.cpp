// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/photo_panel.h"

#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/image_view.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>
#include <algorithm>
#include <cmath>

namespace reslens {
namespace {

/// More than any screen has; pictures may be far longer.
constexpr int HeightLimit = 100'000;

} // namespace

PhotoPanel::PhotoPanel(Session &session, const QList<QAction *> &actions, QWidget *parent)
    : QWidget(parent), m_session(session), m_view(new ImageView), m_name(new ElidedLabel),
      m_caption(quietLabel())
{
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_name);
    words->addWidget(m_caption);
    m_caption->setWordWrap(true);

    auto *below = new QHBoxLayout;
    m_below = below;
    below->setSpacing(Grid / 2);
    below->addLayout(words, 1);
    for (QAction *action : actions) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        below->addWidget(button, 0, Qt::AlignTop);
    }

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(m_view, 1);
    layout->addLayout(below);

    connect(&session, &Session::photoChanged, this, [this] {
        m_view->setPhoto(m_session.photo());
        limitHeight();
    });
    connect(&session, &Session::stateChanged, this, &PhotoPanel::refresh);
    refresh();
}

void PhotoPanel::setShowsSeen(bool seen)
{
    m_view->setShowsSeen(seen);
    setCaption();
    limitHeight();
}

void PhotoPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    limitHeight();
}

void PhotoPanel::limitHeight()
{
    const QSizeF picture = m_view->pictureSize();
    if (picture.isEmpty())
        return;
    // Rather a fraction of a pixel too high: what is too low gets bands at the sides.
    const double height = std::ceil(width() * picture.height() / picture.width());
    const double least = m_view->minimumSizeHint().height();
    const int below =
        m_below->hasHeightForWidth() ? m_below->heightForWidth(width()) : m_below->sizeHint().height();
    setMaximumHeight(int(std::clamp(height, least, double(HeightLimit))) + Grid + below);
}

void PhotoPanel::refresh()
{
    const PictureSource *source = m_session.currentPicture();
    if (m_session.state() == Session::State::Failed && source)
        m_view->setPlaceholder(QStringLiteral("broken-picture"),
                               tr("%1 cannot be shown.\n%2")
                                   .arg(source->name, m_session.pictures()->note(m_session.currentRow())));
    else
        m_view->setPlaceholder(QStringLiteral("picture"),
                               m_session.isBusy() ? tr("Reading the picture…") : tr("Drop a picture here"));
    setCaption();
}

void PhotoPanel::setCaption()
{
    const PhotoPtr photo = m_session.photo();
    // The name goes with what is on screen, also while the next picture is being read.
    const PictureSource *source = photo ? &photo->source : m_session.currentPicture();
    const bool seen = photo && m_view->showsSeen();
    m_name->setText(!source ? QString()
                    : seen  ? tr("%1 as the network got it").arg(source->name)
                            : source->name);
    const QSize size = !photo ? QSize() : seen ? photo->seen.size() : photo->size;
    m_caption->setText(photo ? tr("%1 × %2 px · %3")
                                   .arg(size.width())
                                   .arg(size.height())
                                   .arg(describePreparation(photo->preparation))
                             : QString());
}

} // namespace reslens
