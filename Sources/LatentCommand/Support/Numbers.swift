internal import Foundation

/// A number with a fixed count of decimals, as reports for people print it.
func fixed(_ value: Double, _ decimals: Int) -> String {
  value.isFinite ? String(format: "%.\(decimals)f", value) : "\(value)"
}

/// A count with its noun: `1 row`, `3 rows`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
