// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/view_transform.h"

#include <QtTest>

using namespace reslens;

class TestViewTransform : public QObject
{
    Q_OBJECT

private slots:
    void followsToTheSamePart()
    {
        ViewTransform one = transform({300, 300}, {200, 160});
        ViewTransform other = transform({150, 150}, {200, 160});
        one.setScale(4, {30, 40});
        one.pan({-50, 20});
        other.follow(one);
        for (const QPointF point : {QPointF(0, 0), QPointF(100, 80), QPointF(200, 160)}) {
            const QPointF difference = other.toPicture(point) * 2 - one.toPicture(point);
            QVERIFY2(difference.manhattanLength() < 1e-9, qPrintable(QString::number(difference.x())));
        }
        one.fit();
        other.follow(one);
        QVERIFY(other.isFitted());
    }

    void theMiddleStaysInViewsOfOtherSizes()
    {
        ViewTransform one = transform({300, 300}, {200, 160});
        ViewTransform other = transform({300, 300}, {100, 90});
        one.setScale(3, {120, 90});
        other.follow(one);
        QVERIFY((other.toPicture({50, 45}) - one.toPicture({100, 80})).manhattanLength() < 1e-9);
        QCOMPARE(other.scale(), one.scale());
    }

    void nothingIsFollowedWhole()
    {
        ViewTransform one = transform({300, 300}, {200, 160});
        one.setScale(3, {120, 90});
        ViewTransform empty;
        empty.follow(one);
        QVERIFY(empty.isFitted());
    }

private:
    static ViewTransform transform(QSizeF picture, QSizeF view)
    {
        ViewTransform transform;
        transform.setPicture(picture);
        transform.setView(view);
        return transform;
    }
};

QTEST_GUILESS_MAIN(TestViewTransform)
#include "test_view_transform.moc"
