extension SIMD where Scalar == Double {
  /// The numbers that begin at an address, of any alignment.
  @inline(__always)
  init(at address: UnsafePointer<Double>) { self = UnsafeRawPointer(address).loadUnaligned(as: Self.self) }

  @inline(__always)
  func store(at address: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(address).storeBytes(of: self, as: Self.self)
  }
}
