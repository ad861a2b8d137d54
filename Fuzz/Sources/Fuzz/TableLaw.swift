import Foundation
import Latent

/// Any bytes are a table or one sentence; with the states that were found in it, it is read as the same table.
func checkTable(_ bytes: UnsafeBufferPointer<UInt8>) {
  let path = "/dev/shm/latent-fuzz-\(getpid()).csv"
  guard FileManager.default.createFile(atPath: path, contents: Data(buffer: bytes)) else { return }
  let inferred: InferredTable
  do { inferred = try CSV.inferTable(path) } catch {
    precondition(!error.message.isEmpty && !error.description.contains("\n"), "an error is one line")
    return
  }
  var options = CSVOptions()
  options.unknownColumns = .ignore
  let table: CSVTable
  do { table = try CSV.readTable(path, schema: inferred.csv.table.schema, options: options) } catch {
    preconditionFailure("what was inferred cannot be read: \(error)")
  }
  precondition(table.table.columns == inferred.csv.table.columns, "other cells came back")
}
