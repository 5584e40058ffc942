// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/screenshot.h"

#include "ui/window/main_window.h"

#include <QApplication>
#include <QFileInfo>
#include <QImageWriter>
#include <QSaveFile>
#include <QTimer>
#include <cstdio>

namespace reslens {
namespace {

void fail(const QString &sentence)
{
    std::fprintf(stderr, "reslens: %s\n", qUtf8Printable(sentence));
    QApplication::exit(1);
}

void finish(MainWindow &window, const QString &file)
{
    std::fputs(qUtf8Printable(window.session().predictions()->text()), stdout);
    // Nothing is drawn as pointed at, wherever the pointer happens to rest.
    for (QWidget *widget : window.findChildren<QWidget *>())
        widget->setAttribute(Qt::WA_UnderMouse, false);
    const QByteArray format = QFileInfo(file).suffix().toLower().toLatin1();
    QSaveFile out(file);
    if (!QImageWriter::supportedImageFormats().contains(format))
        fail(QStringLiteral("\"%1\" does not end in the name of a picture format, such as png.").arg(file));
    else if (out.open(QIODevice::WriteOnly) && window.grab().save(&out, format.constData()) && out.commit())
        QApplication::exit(0);
    else
        fail(QStringLiteral("\"%1\" cannot be written: %2.").arg(file, out.errorString()));
}

} // namespace

void takeScreenshot(MainWindow &window, const QString &file)
{
    // What cannot be opened at all is said before there is an event loop to end.
    QObject::connect(&window.session(), &Session::problem, &window, &fail, Qt::QueuedConnection);
    // Queued replots and thumbnails of the filmstrip come in the next rounds of the event loop.
    auto *settled = new QTimer(&window);
    settled->setSingleShot(true);
    settled->setInterval(300);
    QObject::connect(settled, &QTimer::timeout, &window, [&window, file] { finish(window, file); });
    const auto wait = [&window, settled] {
        Session &session = window.session();
        if (session.state() == Session::State::Answered && !session.isBusy() && !session.isOpeningBlock() &&
            session.blocks()->hasEnergies())
            settled->start();
        else
            settled->stop();
    };
    QObject::connect(&window.session(), &Session::stateChanged, settled, wait);
    QObject::connect(window.session().blocks(), &QAbstractItemModel::dataChanged, settled, wait);
}

} // namespace reslens
