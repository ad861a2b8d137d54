import Foundation
import Latent

// Fuzz READER [options of libFuzzer] FOLDER: the first argument says which reader is given random bytes.

typealias Target = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ target: Target
) -> CInt

/// The reader under test; a C function cannot capture it.
nonisolated(unsafe) var format: ModelFormat?

let reader = CommandLine.arguments.dropFirst().first ?? ""
format = ModelFormat(rawValue: reader)
guard format != nil || reader == "csv" else {
  let readers = ModelFormat.allCases.map(\.rawValue) + ["csv"]
  print("usage: Fuzz \(readers.joined(separator: "|")) [options of libFuzzer] [folder]")
  exit(64)
}

var arguments = CommandLine.unsafeArgv
arguments[1] = arguments[0]
arguments += 1
var count = CommandLine.argc - 1
exit(
  runDriver(&count, &arguments) { start, count in
    let bytes = UnsafeBufferPointer(start: start, count: count)
    if let format { checkModel(bytes, format) } else { checkTable(bytes) }
    return 0
  })
