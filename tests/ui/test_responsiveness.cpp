// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/main_window.h"
#include "ui/widgets/pages.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QSignalSpy>
#include <QTimer>
#include <QtTest>
#include <unistd.h>

using namespace reslens;

namespace {

/// How long the calling thread has been ready to run without being given a processor, in milliseconds: what a
/// loaded machine does to it, not what it does itself. 0 where the system does not tell.
double processorWait()
{
    static QFile file(QStringLiteral("/proc/self/task/%1/schedstat").arg(::gettid()));
    if (!file.isOpen() && !file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return 0;
    file.seek(0);
    const QByteArrayList fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toDouble() / 1e6 : 0;
}

/// Ticks in the event loop it lives in and keeps the longest time between two ticks beyond the interval asked
/// for, without the time that the thread waited for a processor. Time that the thread works, and time that it
/// waits for another thread or a file, both count.
class Watch : public QObject
{
public:
    Watch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.callOnTimeout(this, &Watch::tick);
        m_clock.start();
        m_wait = processorWait();
        m_timer.start(Interval);
    }

    double longest() const { return m_longest; }
    int ticks() const { return m_ticks; }

private:
    static constexpr int Interval = 4;

    void tick()
    {
        const double wait = processorWait();
        const double elapsed = double(m_clock.nsecsElapsed()) / 1e6;
        m_longest = std::max(m_longest, elapsed - (wait - m_wait) - Interval);
        m_wait = wait;
        m_clock.restart();
        ++m_ticks;
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_wait = 0;
    double m_longest = 0;
    int m_ticks = 0;
};

void waitForAnswer(Session &session)
{
    QEventLoop loop;
    QObject::connect(&session, &Session::stateChanged, &loop, [&] {
        if (session.state() == Session::State::Answered && !session.isBusy())
            loop.quit();
    });
    QTimer::singleShot(120'000, &loop, &QEventLoop::quit);
    loop.exec();
    QCOMPARE(session.state(), Session::State::Answered);
    // What is still queued, such as the last repaint, counts too.
    QTimer::singleShot(200, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

class TestResponsiveness : public QObject
{
    Q_OBJECT

private slots:
    void theWatchSeesABlockedLoop()
    {
        const Watch watch;
        QEventLoop loop;
        QTimer::singleShot(20, &loop, [] { QThread::msleep(80); });
        QTimer::singleShot(150, &loop, &QEventLoop::quit);
        loop.exec();
        QVERIFY2(watch.longest() >= 60, qPrintable(QString::number(watch.longest())));
    }

    void theLoopIsNeverBlockedFor50Milliseconds()
    {
        const test::Desk desk;
        const QString model = desk.path(QStringLiteral("full.h5"));
        test::writeKerasFile(model.toStdString(), test::randomNetwork(Architecture::standard()));
        const QString photo = desk.picture(QStringLiteral("large.jpg"), {5472, 3648});

        MainWindow window;
        window.resize(1600, 1000);
        window.show();
        const Watch watch;
        window.loadModel(model);
        window.openPaths({photo});
        waitForAnswer(window.session());
        QCOMPARE(window.session().blocks()->doneCount(), 45);
        window.session().explainer().chooseMethod(SaliencyMethod::Direct);
        waitForAnswer(window.session());
        QVERIFY(window.session().explainer().explanation());
        QVERIFY(window.pages().turnTo(QStringLiteral("trust")));
        QSignalSpy progress(&window.session(), &Session::progressed);
        window.session().examiner().start();
        QTRY_VERIFY_WITH_TIMEOUT(progress.count() > 3, 60'000);
        window.session().cancel();
        QVERIFY(!window.session().isBusy());
        // A second drop replaces the first picture, and its memory.
        window.openPaths({photo});
        waitForAnswer(window.session());
        // Another model replaces the first, and its memory.
        window.loadModel({});
        waitForAnswer(window.session());

        QVERIFY(watch.ticks() > 50);
        qInfo("longest block of the event loop: %.1f ms in %d ticks", watch.longest(), watch.ticks());
        QVERIFY2(watch.longest() < 50, qPrintable(QString::number(watch.longest())));
    }
};

QTEST_MAIN(TestResponsiveness)
#include "test_responsiveness.moc"
