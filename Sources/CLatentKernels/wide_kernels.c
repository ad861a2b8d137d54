#include "CLatentKernels.h"

#if defined(__x86_64__) && defined(__clang__)

#include <stdint.h>

#define LANES 4
#define FEATURES 8
#define NAME(name) name##_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "wide_kernels.inc"
#pragma clang attribute pop
#undef LANES
#undef FEATURES
#undef NAME

#define LANES 8
#define FEATURES 16
#define NAME(name) name##_avx512
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#include "wide_kernels.inc"
#pragma clang attribute pop

const latent_wide_kernels *latent_wide_kernels_of_level(int level) {
  __builtin_cpu_init();
  int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (level == 1 && has_avx2) return &kernels_avx2;
  int has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512vl");
  if (level == 2 && has_avx2 && has_avx512) return &kernels_avx512;
  return NULL;
}

#else

const latent_wide_kernels *latent_wide_kernels_of_level(int level) {
  (void)level;
  return NULL;
}

#endif
