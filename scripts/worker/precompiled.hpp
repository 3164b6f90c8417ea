/*
 * What nearly every file of the worker and of its libwebrtc includes by Logger.hpp, compiled once instead of 260 times. Only headers that say
 * the same whoever includes them: none that asks for a macro which a file sets for itself (MS_CLASS, MS_LOG_DEV_LEVEL).
 */
#ifndef DIEU_HANH_PRECOMPILED_HPP
#define DIEU_HANH_PRECOMPILED_HPP

#include "common.hpp"
#include "FBS/message.h"
#include "FBS/worker.h"
#include <absl/strings/string_view.h>
#include <absl/types/optional.h>
#include <ankerl/unordered_dense.h>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <iomanip>
#include <limits>
#include <list>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <uv.h>
#include <vector>

#endif
