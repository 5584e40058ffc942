// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/checks.h"

#include <QCoreApplication>

namespace reslens {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Checks", text);
}

} // namespace

std::array<Check, CheckCount> checks()
{
    return {
        {{tr("brings back"), tr("Does it bring the class back?"),
          tr("Fades the picture in, the places that the map ranks first coming first."),
          tr("Insertion: from a blurred picture to the picture, the places that the map ranks first coming "
             "first; the area under the class's probability. A place is a cell of a 16 × 16 grid.\nHolds "
             "where the area is larger than that of five random orders, by more than their standard "
             "deviation.\nPetsiuk et al. 2018")},
         {tr("takes away"), tr("Does it take the class away?"),
          tr("Greys the picture out, the places that the map ranks first going first."),
          tr("Deletion: from the picture to mid-grey, the places that the map ranks first going first; the "
             "area under the class's probability.\nHolds where the area is smaller than that of five random "
             "orders, by more than their standard deviation.\nPetsiuk et al. 2018")},
         {tr("learned"), tr("Was it learned?"),
          tr("Replaces the network's weights by random ones, stage by stage: a map of what it has learned "
             "must "
             "change."),
          tr("Randomization cascade: Spearman's rank correlation of the map with the one of the same network "
             "whose weights are drawn anew, from its end up to the named part.\nHolds where it is below 0.5 "
             "with all weights drawn anew.\nAdebayo et al. 2018")},
         {tr("class-specific"), tr("Does it depend on the class?"),
          tr("Compares it with the maps of five other classes."),
          tr("Random-logit test: Spearman's rank correlation of the map with the maps of five classes of "
             "chance.\nHolds where its mean is at most 0.9.\nSixt et al. 2020")},
         {tr("steady"), tr("Is it steady?"),
          tr("Adds noise that is hardly seen, and looks how much the map changes."),
          tr("Max-sensitivity: the greatest ‖map(x + δ) − map(x)‖ / ‖map(x)‖ over eight noises δ of 2 % of "
             "the picture's range.\nHolds where it is below 0.3, in part below 1.\nYeh et al. 2019")},
         {tr("blocks matter"), tr("Do its blocks matter?"),
          tr("Switches off each block, and looks whether the ones with high scores are missed most."),
          tr("Lesion agreement: Spearman's rank correlation of the blocks' scores with what the logit loses "
             "when each is switched off.\nHolds from 0.6 on, in part from 0.3 on.\nVeit et al. 2016")}}};
}

} // namespace reslens
