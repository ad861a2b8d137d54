internal import CLatentKernels

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The instructions that the kernels of numbers are computed with.
///
/// Swift compiles for the oldest processor of its kind. Where this one has wider registers, the same sums are computed
/// in them by kernels in C; results agree to rounding. Kernels of tables have one path only.
public enum InstructionSet: String, CaseIterable, Hashable, Sendable {
  /// What every processor of the kind has; the kernels are those in Swift.
  case base
  /// AVX2 with fused multiplication and addition: four doubles in a register.
  case avx2
  /// AVX-512: eight doubles in a register.
  case avx512

  /// Those that this processor has, from the narrowest on.
  public static let available = allCases.filter { $0 == .base || $0.wideKernels != nil }

  /// The widest that this processor has, or the one of them that the environment variable `LATENT_ISA` names.
  public static let best: InstructionSet = {
    let named = getenv("LATENT_ISA").flatMap { InstructionSet(rawValue: String(cString: $0)) }
    return available.last { named == nil || $0 == named } ?? available.last ?? .base
  }()

  /// The kernels in C; nil where those in Swift are used.
  var wideKernels: latent_wide_kernels? {
    switch self {
    case .base: nil
    case .avx2: latent_wide_kernels_of_level(1)?.pointee
    case .avx512: latent_wide_kernels_of_level(2)?.pointee
    }
  }

  /// The set for rows of some cells, of which each takes a lane: registers that they cannot fill are left to a narrower
  /// set.
  func filled(byCells cells: Int) -> InstructionSet {
    switch self {
    case .avx512 where cells > 4: .avx512
    case .avx512, .avx2: cells > 1 ? .avx2 : .base
    case .base: .base
    }
  }
}
