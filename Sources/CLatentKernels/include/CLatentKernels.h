#ifndef C_LATENT_KERNELS_H
#define C_LATENT_KERNELS_H

#include <stddef.h>

/// The kernels of numbers that gain from wide registers, for one set of instructions. What they compute is documented in
/// LatentKernels, which lays out their arguments and has the same arithmetic in Swift for every processor.
typedef struct {
  /// Doubles in a register: cells come in groups of so many.
  ptrdiff_t lanes;
  /// Features come in groups of so many.
  ptrdiff_t features;

  /// logs[r * cells + c] += constant - |factor * (x_r - center) - shift|^2.
  ///
  /// panels: a panel per group of cells, each element for all lanes side by side: the constant, then for each row i of
  /// the factor -shift_i and the i + 1 elements of the row.
  /// chunk: scratch for 8 * dimension doubles.
  void (*_Nonnull add_full_densities)(
      ptrdiff_t dimension, ptrdiff_t cells, const double *_Nonnull panels, const double *_Nonnull center,
      const double *_Nonnull numbers, ptrdiff_t stride, ptrdiff_t rows, double *_Nonnull logs,
      double *_Nonnull chunk);

  /// logs[r * cells + c] += constant - sum_j (x_rj - mean_j)^2 * half_precision_j.
  ///
  /// panels: a panel per group of cells: the constant, then for each coordinate its mean and half its precision.
  void (*_Nonnull add_diagonal_densities)(
      ptrdiff_t dimension, ptrdiff_t cells, const double *_Nonnull panels, const double *_Nonnull numbers,
      ptrdiff_t stride, ptrdiff_t rows, double *_Nonnull logs);

  /// sums[f * cells + c] += sum_r table[r * features + f] * mass[r * mass_stride + c], for whole groups of both.
  void (*_Nonnull add_products)(
      ptrdiff_t features, ptrdiff_t cells, ptrdiff_t rows, const double *_Nonnull table, const double *_Nonnull mass,
      ptrdiff_t mass_stride, double *_Nonnull sums);

  /// Replaces numbers by their exponentials.
  void (*_Nonnull exponentiate)(double *_Nonnull values, ptrdiff_t count);
} latent_wide_kernels;

/// The kernels for AVX2 (level 1) or AVX-512 (level 2); null where this processor, or the build, has none.
const latent_wide_kernels *_Nullable latent_wide_kernels_of_level(int level);

#endif
