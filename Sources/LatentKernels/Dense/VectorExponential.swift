internal import CLatentKernels

/// Numbers side by side whose exponentials are taken together.
private typealias Lanes = SIMD8<Double>

/// Replaces numbers that are at most 700 by their exponentials, to within 2 units in the last place; what is below −708,
/// and −∞, becomes exactly 0, and 0 becomes exactly 1.
///
/// With k = x / log 2 rounded and r = x − k log 2: eˣ = 2ᵏ (1 + r + r² P(r)), where P is within 10⁻¹⁶ of
/// (eʳ − 1 − r)/r² for |r| ≤ ½ log 2 (Chebyshev's interpolation, degree 9).
public func exponentiate(
  _ values: UnsafeMutablePointer<Double>, count: Int, instructions: InstructionSet = .best
) {
  if let kernels = instructions.wideKernels { return kernels.exponentiate(values, count) }
  var position = 0
  while position &+ Lanes.scalarCount <= count {
    exponentials(of: Lanes(at: values + position)).store(at: values + position)
    position &+= Lanes.scalarCount
  }
  guard position < count else { return }
  var rest = Lanes(repeating: 0)
  for lane in 0..<count &- position { rest[lane] = values[position &+ lane] }
  rest = exponentials(of: rest)
  for lane in 0..<count &- position { values[position &+ lane] = rest[lane] }
}

@inline(__always)
private func exponentials(of x: Lanes) -> Lanes {
  // Adding 1.5 · 2⁵² rounds to a whole number, which then stands in the lowest bits.
  let shifted = x * 0x1.71547652b82fep+0 + 0x1.8p52
  let k = shifted - 0x1.8p52
  let r = x - k * 0x1.62e42fee00000p-1 - k * 0x1.a39ef35793c76p-33
  var p = r * 0x1.af38a9b0ec855p-26 + 0x1.289185613a3d6p-22
  p = p * r + 0x1.71de0dae63bb3p-19
  p = p * r + 0x1.a019b90d2ae7ap-16
  p = p * r + 0x1.a01a01a7c41d5p-13
  p = p * r + 0x1.6c16c1788bd90p-10
  p = p * r + 0x1.11111111109b3p-7
  p = p * r + 0x1.5555555553d63p-5
  p = p * r + 0x1.5555555555556p-3
  p = p * r + 0x1.0000000000001p-1
  let fraction = p * (r * r) + r + 1
  let power = unsafeBitCast(shifted, to: SIMD8<Int64>.self) &<< 52
  let scaled = unsafeBitCast(unsafeBitCast(fraction, to: SIMD8<Int64>.self) &+ power, to: Lanes.self)
  return scaled.replacing(with: 0, where: x .< -708)
}
