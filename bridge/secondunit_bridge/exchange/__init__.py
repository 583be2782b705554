"""Cuts of other people's editors: read, matched to takes, compared, and given back in the shape their host takes.

found = read_cut_file(path, rate)          # OTIO (Resolve, Premiere, ours), OTIOZ, FCP7 XML, CMX 3600 EDL, AAF
matched = match_cut(found.timeline, shelf) # each clip to a take: how, and how surely
"""
