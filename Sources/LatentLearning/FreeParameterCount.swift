internal import LatentData
public import LatentModels

extension Model {
  /// The number of parameters that learning may choose: per row of a table that is not fixed, its cells that are not
  /// structural zeros, less one.
  public func freeParameterCount(zeros: ZeroPolicy) -> Int {
    var count = 0
    for id in schema.ids where !fixed.contains(id) {
      let width = structure.cardinality(of: id)
      for row in 0..<structure.parentConfigurations(of: id) {
        count += (row * width..<(row + 1) * width).count { !isStructuralZero(id, $0, zeros) } - 1
      }
    }
    return count
  }
}
