"""Texts that speak of technique: which elements hold such, and which words of a description do."""

import re
from collections.abc import Iterable


def listed(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())


TEXTS = listed(
    """
    Manufacturer ManufacturerModelName SoftwareVersions CodeValue CodingSchemeDesignator CodingSchemeVersion
    CodeMeaning SequenceName PulseSequenceName ImagedNucleus ReceiveCoilName TransmitCoilName ConvolutionKernel
    FilterType CollimatorGridName RescaleType ModalityLUTType StackID DimensionDescriptionLabel Radiopharmaceutical
    RadiopharmaceuticalRoute ContrastBolusRoute AttenuationCorrectionMethod ReconstructionMethod
    ScatterCorrectionMethod DetectorLinesOfResponseUsed EnergyWindowName AcquisitionMode SegmentLabel
    SegmentAlgorithmName
    """
)
DESCRIPTIONS = listed(
    """
    StudyDescription SeriesDescription ProtocolName AcquisitionProtocolName RequestedProcedureDescription
    PerformedProcedureStepDescription AcquisitionDeviceProcessingDescription
    """
)
_WORDS = listed(
    """
    t1 t1w t2 t2w t2star pd pdw flair stir spair dwi dti adc fa trace tse fse se gre ge epi spgr flash mprage mp2rage
    space vibe dixon haste trufi fiesta ssfp swi swan asl bold fmri rest dce dsc perf perfusion tof mra cta angio pc
    mrcp mrs field fieldmap map mapping localizer scout survey phase mag magnitude real imaginary water fat opp in out
    ip op ax axial tra transverse sag sagittal cor coronal obl oblique iso 2d 3d 4d fs fatsat nofs pre post gd
    contrast native plain arterial venous portal delayed dynamic dyn echo echoes multi single shot spin gradient fast
    turbo thin thick bone soft tissue lung mediastinum standard sharp smooth kernel recon reformat mpr mip minip mean
    brain head skull neck face orbit sinus spine cervical thoracic lumbar sacrum chest thorax lung lungs heart cardiac
    abdomen liver kidney pancreas spleen pelvis prostate uterus breast hip knee ankle foot shoulder elbow wrist hand
    finger femur tibia whole body left right bilateral ct mr mri pet spect nm xr dx cr us mg ap pa lat lateral lao rao
    relaxometry relaxation quantitative qsm mt ihmt cest b0 b1 te tr ti motion corrected raw norm filtered orig
    derived
    """
)
_NUMBERED = re.compile(r"(b\d{1,4}|\d{1,2}mm|t[er]\d{1,5})")


def technical_words(text: str, names: Iterable[str]) -> str:
    """What is left of a description when every word that is no term of imaging, or is one of `names`, has gone."""
    names = set(names)
    words = [word for word in re.split(r"[^0-9A-Za-z]+", text) if word.lower() not in names]
    return " ".join(word for word in words if word.lower() in _WORDS or _NUMBERED.fullmatch(word.lower()))
