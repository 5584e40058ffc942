# SPDX-License-Identifier: GPL-3.0-or-later
# Fails when a layer includes what stands above it, or the engine a Qt header.
#   cmake -D ROOT=FOLDER -P layers.cmake

# forbid(LAYER PATTERN): no file of the layer may include a header whose name, after < or ", matches.
function(forbid layer pattern)
    file(GLOB_RECURSE files ${ROOT}/${layer}/*.h ${ROOT}/${layer}/*.cpp)
    if(NOT files)
        message(SEND_ERROR "No sources in ${ROOT}/${layer}")
    endif()
    foreach(file IN LISTS files)
        file(STRINGS ${file} includes REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"](${pattern})")
        foreach(include IN LISTS includes)
            message(SEND_ERROR "${file} must not have: ${include}")
        endforeach()
    endforeach()
endfunction()

# Qt's headers are <QImage>, <QtGui/QImage>, <qimage.h> and <qcustomplot.h>.
forbid(engine "Q[A-Z]|Qt|q[a-z]+\\.h[>\"]|ui/|app/|resources/")
# Within the engine, the arithmetic knows nothing of networks, and nobody what is built on it.
forbid(engine/kernels "engine/(plan|parallel|imaging|weights|analysis|export|saliency|evaluation)/|engine/(description|network|runner)\\.h")
forbid(engine/plan "engine/(parallel|imaging|weights|analysis|export|saliency|evaluation)/")
forbid(engine/parallel "engine/(imaging|weights|analysis|export|saliency|evaluation)/")
forbid(engine/imaging "engine/(kernels|plan|parallel|weights|analysis|export|saliency|evaluation)/")
forbid(engine/weights "engine/(plan|parallel|imaging|analysis|export|saliency|evaluation)/")
forbid(engine/analysis "engine/(parallel|export|saliency|evaluation)/")
forbid(engine/saliency "engine/(parallel|export|evaluation)/")
forbid(ui "app/")
# What the terminal program has, too, knows no widgets.
foreach(layer picture weights export)
    forbid(ui/${layer} "QtWidgets|Q(Widget|Dialog|Application|Label|Menu)")
endforeach()
# Each folder of ui/ includes those before it only.
set(later picture weights export base theme worker session widgets network saliency trust lesions explain maps compare
    model_page window)
while(later)
    list(POP_FRONT later layer)
    list(JOIN later "|" pattern)
    forbid(ui/${layer} "ui/(${pattern})/")
endwhile()
