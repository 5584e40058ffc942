// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filmstrip.h"

#include "ui/session/filmstrip_model.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/widgets/copying.h"
#include "ui/widgets/focus_ring.h"

#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QUrl>

namespace reslens {
namespace {

constexpr QSize Tile(96, 72);

/// The picture fitted into its tile; a broken one shows so.
class PictureDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return Tile + QSize(Grid, Grid);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        const QRect tile(option.rect.topLeft() + QPoint(2, Grid / 2), Tile);
        painter->fillRect(tile, faint(option.palette, 0.07));
        const auto image = index.data(Qt::DecorationRole).value<QImage>();
        if (index.data(FilmstripModel::StateRole).toInt() == int(FilmstripModel::State::Failed)) {
            QRect icon(0, 0, 3 * Grid, 3 * Grid);
            icon.moveCenter(tile.center());
            themedIcon(QStringLiteral("broken-picture")).paint(painter, icon);
        } else if (!image.isNull()) {
            // However long a picture is, a line of it remains.
            QRect place({}, image.size().scaled(Tile, Qt::KeepAspectRatio).expandedTo({2, 2}));
            place.moveCenter(tile.center());
            painter->drawImage(place, image);
        }
        if (option.state & QStyle::State_Selected) {
            painter->setPen(QPen(option.palette.color(QPalette::Highlight), 2, Qt::SolidLine, Qt::SquareCap,
                                 Qt::MiterJoin));
            painter->drawRect(tile.adjusted(-2, -2, 2, 2));
        }
        painter->restore();
    }
};

} // namespace

Filmstrip::Filmstrip(QWidget *parent) : QListView(parent)
{
    setFlow(LeftToRight);
    setWrapping(false);
    setUniformItemSizes(true);
    setItemDelegate(new PictureDelegate(this));
    setFrameShape(NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Open pictures"));
    new FocusRing(this);
    connect(horizontalScrollBar(), &QScrollBar::rangeChanged, this, &QWidget::updateGeometry);
}

QSize Filmstrip::sizeHint() const
{
    const QScrollBar *bar = horizontalScrollBar();
    return {400, Tile.height() + Grid + (bar->maximum() > 0 ? bar->sizeHint().height() : 0)};
}

void Filmstrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Home || event->key() == Qt::Key_End)
        QListView::keyPressEvent(event);
    else
        event->ignore();
}

void Filmstrip::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const PictureSource &source = static_cast<const FilmstripModel *>(model())->picture(index.row());
    // Those that come with the program have no path that others could use.
    if (!source.isFile() || source.path.startsWith(u':'))
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(themedIcon(QStringLiteral("copy")), tr("Copy path"), this, [this, path = source.path] {
        copyText(this, QDir::toNativeSeparators(QFileInfo(path).absoluteFilePath()), tr("Path copied"));
    });
    menu->addAction(themedIcon(QStringLiteral("open")), tr("Open folder"), this, [path = source.path] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
    });
    menu->popup(byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

} // namespace reslens
