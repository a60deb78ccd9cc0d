"""The DICOM elements that are read, each with the value representation that the standard gives it."""

# Two tables: whatever is not in one of them is passed over unread.
_PUBLIC = {
    "TransferSyntaxUID": (0x00020010, "UI"),
    "SpecificCharacterSet": (0x00080005, "CS"),
    "ImageType": (0x00080008, "CS"),
    "SOPClassUID": (0x00080016, "UI"),
    "SOPInstanceUID": (0x00080018, "UI"),
    "AcquisitionDateTime": (0x0008002A, "DT"),
    "AcquisitionTime": (0x00080032, "TM"),
    "ContentTime": (0x00080033, "TM"),
    "Modality": (0x00080060, "CS"),
    "ConversionType": (0x00080064, "CS"),
    "Manufacturer": (0x00080070, "LO"),
    "SeriesDescription": (0x0008103E, "LO"),
    "ManufacturerModelName": (0x00081090, "LO"),
    "FrameType": (0x00089007, "CS"),
    "ComplexImageComponent": (0x00089208, "CS"),
    "PatientName": (0x00100010, "PN"),
    "PatientID": (0x00100020, "LO"),
    "PatientBirthDate": (0x00100030, "DA"),
    "PatientSex": (0x00100040, "CS"),
    "PatientAge": (0x00101010, "AS"),
    "PatientWeight": (0x00101030, "DS"),
    "BodyPartExamined": (0x00180015, "CS"),
    "ScanningSequence": (0x00180020, "CS"),
    "SequenceName": (0x00180024, "SH"),
    "SliceThickness": (0x00180050, "DS"),
    "KVP": (0x00180060, "DS"),
    "RepetitionTime": (0x00180080, "DS"),
    "EchoTime": (0x00180081, "DS"),
    "InversionTime": (0x00180082, "DS"),
    "MagneticFieldStrength": (0x00180087, "DS"),
    "SpacingBetweenSlices": (0x00180088, "DS"),
    "ProtocolName": (0x00181030, "LO"),
    "TriggerTime": (0x00181060, "DS"),
    "FrameTime": (0x00181063, "DS"),
    "FrameTimeVector": (0x00181065, "DS"),
    "ImagerPixelSpacing": (0x00181164, "DS"),
    "FlipAngle": (0x00181314, "DS"),
    "SliceLocationVector": (0x00182005, "DS"),
    "NominalScannedPixelSpacing": (0x00182010, "DS"),
    "ViewPosition": (0x00185101, "CS"),
    "SequenceOfUltrasoundRegions": (0x00186011, "SQ"),
    "PhysicalUnitsXDirection": (0x00186024, "US"),
    "PhysicalUnitsYDirection": (0x00186026, "US"),
    "PhysicalDeltaX": (0x0018602C, "FD"),
    "PhysicalDeltaY": (0x0018602E, "FD"),
    "PulseSequenceName": (0x00189005, "SH"),
    "FrameAcquisitionDateTime": (0x00189074, "DT"),
    "FrameReferenceDateTime": (0x00189151, "DT"),
    "InversionTimes": (0x00189079, "FD"),
    "EffectiveEchoTime": (0x00189082, "FD"),
    "DiffusionBValue": (0x00189087, "FD"),
    "MRTimingAndRelatedParametersSequence": (0x00189112, "SQ"),
    "MREchoSequence": (0x00189114, "SQ"),
    "MRModifierSequence": (0x00189115, "SQ"),
    "MRDiffusionSequence": (0x00189117, "SQ"),
    "CardiacSynchronizationSequence": (0x00189118, "SQ"),
    "MRImageFrameTypeSequence": (0x00189226, "SQ"),
    "CTImageFrameTypeSequence": (0x00189329, "SQ"),
    "PETFrameTypeSequence": (0x00189751, "SQ"),
    "StudyInstanceUID": (0x0020000D, "UI"),
    "SeriesInstanceUID": (0x0020000E, "UI"),
    "SeriesNumber": (0x00200011, "IS"),
    "AcquisitionNumber": (0x00200012, "IS"),
    "InstanceNumber": (0x00200013, "IS"),
    "ImagePositionPatient": (0x00200032, "DS"),
    "ImageOrientationPatient": (0x00200037, "DS"),
    "FrameOfReferenceUID": (0x00200052, "UI"),
    "Laterality": (0x00200060, "CS"),
    "ImageLaterality": (0x00200062, "CS"),
    "TemporalPositionIdentifier": (0x00200100, "IS"),
    "StackID": (0x00209056, "SH"),
    "FrameContentSequence": (0x00209111, "SQ"),
    "PlanePositionSequence": (0x00209113, "SQ"),
    "PlaneOrientationSequence": (0x00209116, "SQ"),
    "TemporalPositionIndex": (0x00209128, "UL"),
    "NominalCardiacTriggerDelayTime": (0x00209153, "FD"),
    "FrameAcquisitionNumber": (0x00209156, "US"),
    "SamplesPerPixel": (0x00280002, "US"),
    "PhotometricInterpretation": (0x00280004, "CS"),
    "PlanarConfiguration": (0x00280006, "US"),
    "NumberOfFrames": (0x00280008, "IS"),
    "Rows": (0x00280010, "US"),
    "Columns": (0x00280011, "US"),
    "PixelSpacing": (0x00280030, "DS"),
    "BitsAllocated": (0x00280100, "US"),
    "BitsStored": (0x00280101, "US"),
    "HighBit": (0x00280102, "US"),
    "PixelRepresentation": (0x00280103, "US"),
    "BurnedInAnnotation": (0x00280301, "CS"),
    "RescaleIntercept": (0x00281052, "DS"),
    "RescaleSlope": (0x00281053, "DS"),
    "LossyImageCompression": (0x00282110, "CS"),
    "LossyImageCompressionRatio": (0x00282112, "DS"),
    "LossyImageCompressionMethod": (0x00282114, "CS"),
    "ModalityLUTSequence": (0x00283000, "SQ"),
    "PixelMeasuresSequence": (0x00289110, "SQ"),
    "PixelValueTransformationSequence": (0x00289145, "SQ"),
    "ParametricMapFrameTypeSequence": (0x00409092, "SQ"),
    "RealWorldValueMappingSequence": (0x00409096, "SQ"),
    "RealWorldValueIntercept": (0x00409224, "FD"),
    "RealWorldValueSlope": (0x00409225, "FD"),
    "EnergyWindowVector": (0x00540010, "US"),
    "DetectorVector": (0x00540020, "US"),
    "DetectorInformationSequence": (0x00540022, "SQ"),
    "PhaseVector": (0x00540030, "US"),
    "TimeSlotVector": (0x00540070, "US"),
    "SliceVector": (0x00540080, "US"),
    "TimeSliceVector": (0x00540100, "US"),
    "SegmentIdentificationSequence": (0x0062000A, "SQ"),
    "ReferencedSegmentNumber": (0x0062000B, "US"),
    "GridFrameOffsetVector": (0x3004000C, "DS"),
    "DoseGridScaling": (0x3004000E, "DS"),
    "SharedFunctionalGroupsSequence": (0x52009229, "SQ"),
    "PerFrameFunctionalGroupsSequence": (0x52009230, "SQ"),
}

# (group, element within its block, representation); the maker's block is found through its creator element.
_PRIVATE = {
    "SiemensMosaicCount": (0x0019, 0x0A, "US"),
    "SiemensBValue": (0x0019, 0x0C, "IS"),
    "SiemensCsa": (0x0029, 0x10, "OB"),
    "GeBValue": (0x0043, 0x39, "IS"),
    "PhilipsBValue": (0x2001, 0x03, "FL"),
}
CREATORS = {
    "SiemensMosaicCount": "SIEMENS MR HEADER",
    "SiemensBValue": "SIEMENS MR HEADER",
    "SiemensCsa": "SIEMENS CSA HEADER",
    "GeBValue": "GEMS_PARM_01",
    "PhilipsBValue": "Philips Imaging DD 001",
}
BLOCKS = range(0x10, 0x14)
OVERLAY_ROWS = tuple(0x60000010 | number << 17 for number in range(16))
PIXELS = {0x7FE00010: "PixelData", 0x7FE00008: "FloatPixelData", 0x7FE00009: "DoubleFloatPixelData"}

TAGS = {name: tag for name, (tag, _) in _PUBLIC.items()}


def private_places(name: str) -> list[tuple[int, int]]:
    """Where a private element may lie, each time as (its creator's tag, its own tag)."""
    group, element, _ = _PRIVATE[name]
    return [(group << 16 | block, group << 16 | block << 8 | element) for block in BLOCKS]


def _representations() -> dict[int, str]:
    found = dict(_PUBLIC.values())
    for name, (_, _, representation) in _PRIVATE.items():
        for creator, tag in private_places(name):
            found |= {creator: "LO", tag: representation}
    return found | dict.fromkeys(OVERLAY_ROWS, "US")


REPRESENTATIONS: dict[int, str] = _representations()
