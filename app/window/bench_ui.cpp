// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/bench_ui.h"

#include "app/window/measures.h"
#include "ui/maps/gallery_view.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QEventLoop>
#include <QScrollBar>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>

namespace reslens {
namespace {

constexpr int Frames = 600;
constexpr int Walks = 10;

template <typename Condition>
void waitFor(Session &session, const Condition &condition)
{
    QEventLoop loop;
    const auto check = [&] {
        if (condition())
            loop.quit();
    };
    QObject::connect(&session, &Session::stateChanged, &loop, check);
    QObject::connect(&session, &Session::mapsChanged, &loop, check);
    if (!condition())
        loop.exec();
}

/// From the request to painted tiles, in milliseconds.
double openBlock(MainWindow &window, GalleryView *gallery, const QString &block)
{
    Session &session = window.session();
    const WorkClock clock;
    session.openBlock(block);
    waitFor(session, [&] { return session.maps() && session.maps()->block == block; });
    gallery->viewport()->repaint();
    return clock.elapsed();
}

/// Each frame of a way through the whole gallery, in milliseconds.
std::vector<double> scroll(GalleryView *gallery)
{
    std::vector<double> frames;
    QScrollBar *bar = gallery->verticalScrollBar();
    for (int frame = 0; frame < Frames; ++frame) {
        const WorkClock clock;
        bar->setValue(bar->maximum() * frame / Frames);
        gallery->viewport()->repaint();
        frames.push_back(clock.elapsed());
    }
    return frames;
}

void printScrolling(MainWindow &window, GalleryView *gallery)
{
    const auto &blocks = window.session().model()->blocks;
    const auto widest = std::ranges::max_element(
        blocks, {}, [](const ModelSummary::BlockEntry &block) { return block.shape.channels; });
    openBlock(window, gallery, widest->name);
    const std::vector<double> frames = scroll(gallery);
    const double total = std::accumulate(frames.begin(), frames.end(), 0.0);
    std::printf("scrolling %d channels   %.0f frames a second, worst frame %.1f ms\n", widest->shape.channels,
                1000 * Frames / total, *std::ranges::max_element(frames));
}

void printSwitching(MainWindow &window, GalleryView *gallery)
{
    std::vector<double> times;
    double early = 0;
    const LoopWatch watch;
    for (int walk = 0; walk < Walks; ++walk) {
        for (const ModelSummary::BlockEntry &block : window.session().model()->blocks)
            times.push_back(openBlock(window, gallery, block.name));
        if (walk == 0)
            early = residentMegabytes();
    }
    const double late = residentMegabytes();
    std::ranges::sort(times);
    std::printf("block to first tiles    median %.0f ms, worst %.0f ms\n", times[times.size() / 2],
                times.back());
    std::printf("event loop blocked      %.0f ms at most\n", watch.longest());
    std::printf("memory                  %.0f MB after one walk through all blocks, %.0f MB after ten\n",
                early, late);
}

} // namespace

void benchUi(MainWindow &window)
{
    QObject::connect(&window.session(), &Session::problem, &window, [](const QString &sentence) {
        std::fprintf(stderr, "reslens: %s\n", qUtf8Printable(sentence));
        std::exit(1);
    });
    // From the event loop, so that the window is already shown.
    QTimer::singleShot(0, &window, [&window] {
        Session &session = window.session();
        waitFor(session, [&] { return session.state() == Session::State::Answered && !session.isBusy(); });
        auto *gallery = window.findChild<GalleryView *>();
        std::printf("window                  %d × %d\n", window.width(), window.height());
        printScrolling(window, gallery);
        printSwitching(window, gallery);
        QApplication::exit(0);
    });
}

} // namespace reslens
