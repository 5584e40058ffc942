// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/photo_column.h"

#include "ui/base/format.h"
#include "ui/base/save_dialog.h"
#include "ui/saliency/saliency_legend.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/filmstrip.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/photo_panel.h"
#include "ui/widgets/predictions_panel.h"
#include "ui/widgets/text_button.h"

#include <QFileInfo>
#include <QItemSelectionModel>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace reslens {
namespace {

/// The room of a widget that comes and goes, with what stands there meanwhile: as long as there is enough,
/// nothing around it moves.
class Place : public QStackedWidget
{
public:
    Place(QWidget *guest, QWidget *meanwhile, QLabel *note) : m_guest(guest), m_note(note)
    {
        auto *page = new QWidget;
        auto *layout = new QVBoxLayout(page);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(guest);
        layout->addWidget(meanwhile);
        addWidget(page);
        addWidget(note);
    }

    /// In place of all else; an empty text brings that back.
    void setNote(const QString &text)
    {
        m_note->setText(text);
        setCurrentIndex(text.isEmpty() ? 0 : 1);
    }

    QSize sizeHint() const override { return m_guest->sizeHint(); }

private:
    QWidget *m_guest;
    QLabel *m_note;
};

/// " · map 0.00031, speaks for it"
QString valueInWords(const Explanation &explanation, const QPointF &point)
{
    if (explanation.isColourless())
        return {};
    const Shape &shape = explanation.shown.shape();
    const float value = explanation.shown.at(std::clamp(int(point.y()), 0, shape.height - 1),
                                             std::clamp(int(point.x()), 0, shape.width - 1), 0);
    const QString words = PhotoColumn::tr(" · map %1").arg(formatValue(double(value)));
    if (!explanation.method().isSigned || value == 0)
        return words;
    return words + (value > 0 ? PhotoColumn::tr(", speaks for it") : PhotoColumn::tr(", speaks against it"));
}

} // namespace

PhotoColumn::PhotoColumn(Session &session, const QList<QAction *> &actions, QWidget *parent)
    : QWidget(parent), m_session(session), m_photo(new PhotoPanel(session, actions)),
      m_legend(new SaliencyLegend(session.explainer())), m_filmstrip(new Filmstrip)
{
    auto *predictions = new PredictionsPanel(session);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * Grid);
    layout->addWidget(m_photo, 1);
    layout->addWidget(makeLegendPlace());
    layout->addWidget(predictions);
    layout->addStretch();
    layout->addWidget(m_filmstrip);
    connect(predictions, &PredictionsPanel::classesRequested, this, &PhotoColumn::classesRequested);
    connect(&session.explainer(), &Explainer::changed, this, &PhotoColumn::layOver);
    connect(m_legend, &SaliencyLegend::opacityChanged, this, &PhotoColumn::layOver);
    connect(m_legend, &SaliencyLegend::saveRequested, this, &PhotoColumn::saveMap);
    connectFilmstrip();
}

QWidget *PhotoColumn::makeLegendPlace()
{
    QLabel *note = quietLabel();
    note->setWordWrap(true);
    note->setAlignment(Qt::AlignTop);
    auto *place = new Place(m_legend, makeHint(), note);
    connect(this, &PhotoColumn::captioned, place, &Place::setNote);
    // A map is of a picture: without one there is nothing to choose about it.
    const auto showPlace = [this, place] { place->setVisible(m_session.photo() != nullptr); };
    connect(&m_session, &Session::photoChanged, place, showPlace);
    showPlace();
    return place;
}

QWidget *PhotoColumn::makeHint()
{
    QToolButton *hint = textButton(QStringLiteral("saliency"), tr("See what speaks for it"),
                                   tr("A map of what in the picture speaks for and against the most probable "
                                      "class (S). Click a class for another one's."));
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(hint, 0, Qt::AlignLeft | Qt::AlignTop);
    line->hide();
    Explainer &explainer = m_session.explainer();
    connect(hint, &QToolButton::clicked, &explainer, &Explainer::toggle);
    connect(&explainer, &Explainer::changed, line, [line, &explainer] {
        const AnswerPtr answer = explainer.answer();
        line->setVisible(!explainer.question() && answer && !answer->top.empty());
    });
    return line;
}

void PhotoColumn::connectFilmstrip()
{
    m_filmstrip->setModel(m_session.pictures());
    m_filmstrip->hide();
    connect(m_filmstrip->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &now) { m_session.showPicture(now.row()); });
    connect(&m_session, &Session::rowChanged, this, [this](int row) {
        showFilmstrip();
        m_filmstrip->setCurrentIndex(m_session.pictures()->index(row));
    });
}

ImageView *PhotoColumn::view()
{
    return m_photo->view();
}

void PhotoColumn::setShowsSeen(bool seen)
{
    m_photo->setShowsSeen(seen);
}

bool PhotoColumn::hasFilmstrip() const
{
    return m_session.pictures()->rowCount() > 1;
}

void PhotoColumn::allowFilmstrip(bool allowed)
{
    m_filmstripAllowed = allowed;
    showFilmstrip();
}

void PhotoColumn::showFilmstrip()
{
    m_filmstrip->setVisible(m_filmstripAllowed && hasFilmstrip());
}

QList<QWidget *> PhotoColumn::tools() const
{
    QList<QWidget *> tools;
    for (QToolButton *button : findChildren<QToolButton *>())
        if (button->toolButtonStyle() == Qt::ToolButtonIconOnly)
            tools << button;
    return tools;
}

void PhotoColumn::setOverlay(const PhotoOverlay &overlay)
{
    m_overlay = overlay;
    layOver();
}

void PhotoColumn::layOver()
{
    PhotoOverlay overlay = m_overlay;
    const ExplanationPtr explanation = m_session.explainer().explanation();
    if (overlay.map.isNull() && !overlay.unit && explanation) {
        overlay.map = explanation->image(m_legend->opacity());
        overlay.mapArea = overlay.map.rect();
        overlay.opacity = 1;
        overlay.smooth = true;
        overlay.valueAt = [explanation](const QPointF &point) { return valueInWords(*explanation, point); };
    }
    view()->setOverlay(overlay);
    emit captioned(overlay.caption);
}

void PhotoColumn::save()
{
    if (m_session.explainer().explanation())
        saveMap();
    else if (m_session.photo())
        saveView();
}

void PhotoColumn::saveMap()
{
    SaliencyExport wanted{m_session.explainer().explanation(),
                          m_session.photo(),
                          m_session.model(),
                          m_legend->opacity(),
                          {},
                          false};
    askWhereToSave(this, tr("Save the map"), fileNameFor(wanted),
                   {tr("Picture with the map, at full size (*.png)"),
                    tr("The same with a caption and the colours' scale (*.png)"),
                    tr("The map's values, for NumPy (*.npy)")},
                   [this, wanted](const QString &file, int filter) mutable {
                       wanted.file = file;
                       wanted.captioned = filter == 1;
                       m_session.exporter().saveSaliency(wanted);
                   });
}

void PhotoColumn::saveView()
{
    const QString name = QFileInfo(m_session.photo()->source.name).completeBaseName();
    askWhereToSave(this, tr("Save the picture as it is shown"), tr("%1-view").arg(name),
                   {tr("PNG picture (*.png)")},
                   [this, picture = view()->snapshot()](const QString &file, int) {
                       m_session.exporter().savePicture(picture, file);
                   });
}

} // namespace reslens
