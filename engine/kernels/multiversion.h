// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Any header of the standard library defines __GLIBC__ where it stands on glibc.
#include <cstddef>

// Compiles a function for several instruction sets; glibc's loader picks at start, others cannot. Nor can
// sanitizers run the resolvers.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) &&                 \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define RESLENS_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define RESLENS_MULTIVERSION
#endif
